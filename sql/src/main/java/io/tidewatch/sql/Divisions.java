package io.tidewatch.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Divisions of integers by integers, which drop the remainder: warned of, and refused in HAVING and in conditions, so that
 * no ratio is silently zero.
 */
final class Divisions {
    private final SourceMap map;
    private final Map<SqlParserPos, Written> written = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();

    /** A division as it was written, and where it is refused; absent if it is not. */
    private record Written(String remedy, @Nullable String refusedIn) {}

    private Divisions(SourceMap map) {
        this.map = map;
    }

    /** The divisions of a query. */
    static Divisions ofQuery(SqlNode query, SourceMap map) {
        Divisions divisions = new Divisions(map);
        query.accept(divisions.new Finder(null));
        return divisions;
    }

    /** The divisions of a condition. */
    static Divisions ofCondition(SqlNode condition, SourceMap map) {
        Divisions divisions = new Divisions(map);
        condition.accept(divisions.new Finder("a condition"));
        return divisions;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** Called for each division that turns out to be one of integers. */
    void found(SqlParserPos pos) {
        Written division = written.get(pos);
        if (pos.getLineNum() == 0 || division == null) {
            return;
        }
        if (division.refusedIn != null) {
            throw Refusal.invalid(
                    pos,
                    "'/' between integers drops the remainder, so in " + division.refusedIn
                            + " it is refused: write " + division.remedy);
        }
        Warning warning = new Warning(
                map.written().place(map.start(pos)),
                "'/' between integers drops the remainder: write " + division.remedy
                        + " if that is not meant");
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** Remembers the divisions of a tree. */
    private final class Finder extends SqlBasicVisitor<@Nullable Void> {
        private final @Nullable String refusedIn;

        Finder(@Nullable String refusedIn) {
            this.refusedIn = refusedIn;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.DIVIDE) {
                add(call);
            }
            if (call instanceof SqlSelect select && select.getHaving() != null) {
                select.getHaving().accept(new Finder("HAVING"));
            }
            return super.visit(call);
        }

        /** A division in HAVING is met twice, first as such. */
        private void add(SqlCall call) {
            SqlNode dividend = call.operand(0);
            SqlNode divisor = call.operand(1);
            String remedy = "CAST(" + map.fragment(dividend.getParserPosition()) + " AS DOUBLE) / "
                    + map.fragment(divisor.getParserPosition());
            written.putIfAbsent(call.getParserPosition(), new Written(remedy, refusedIn));
        }
    }
}
