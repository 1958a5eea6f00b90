package io.tidewatch.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The divisions of a text as they were written, whatever their types. */
final class WrittenDivisions {
    private final SourceMap map;
    private final Map<SqlParserPos, String> remedies = new LinkedHashMap<>();

    private WrittenDivisions(SourceMap map) {
        this.map = map;
    }

    static WrittenDivisions of(SqlNode tree, SourceMap map) {
        WrittenDivisions divisions = new WrittenDivisions(map);
        tree.accept(divisions.new Finder());
        return divisions;
    }

    /** The division at a place, as one of integers. */
    IntegerDivision at(SqlParserPos pos) {
        return new IntegerDivision(
                map.written().place(map.start(pos)),
                remedies.getOrDefault(pos, "CAST(a AS DOUBLE) / b for a / b"));
    }

    private final class Finder extends SqlBasicVisitor<@Nullable Void> {
        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.DIVIDE) {
                SqlNode dividend = call.operand(0);
                SqlNode divisor = call.operand(1);
                String remedy = "CAST(" + map.fragment(dividend.getParserPosition())
                        + " AS DOUBLE) / " + map.fragment(divisor.getParserPosition());
                remedies.put(call.getParserPosition(), remedy);
            }
            return super.visit(call);
        }
    }
}
