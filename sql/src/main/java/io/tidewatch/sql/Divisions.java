package io.tidewatch.sql;

import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/** Finds divisions of integers by integers, which drop the remainder, so that no ratio is silently zero. */
final class Divisions extends SqlBasicVisitor<@Nullable Void> {
    private final SqlValidator validator;
    private final SourceMap map;
    private final List<Warning> warnings = new ArrayList<>();
    private @Nullable String refusedIn;

    Divisions(SqlValidator validator, SourceMap map) {
        this.validator = validator;
        this.map = map;
    }

    /** Warns of them in a query, and refuses them in its HAVING. */
    void check(SqlNode query) {
        query.accept(this);
    }

    /** Refuses them. */
    void refuse(@Nullable SqlNode condition, String where) {
        refusedIn = where;
        if (condition != null) {
            condition.accept(this);
        }
        refusedIn = null;
    }

    List<Warning> warnings() {
        return warnings;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlSelect select && select.getHaving() != null) {
            refuse(select.getHaving(), "HAVING");
        }
        if (call.getKind() == SqlKind.DIVIDE
                && isInteger(call.operand(0))
                && isInteger(call.operand(1))) {
            found(call);
        }
        return super.visit(call);
    }

    private void found(SqlCall call) {
        SqlNode dividend = call.operand(0);
        SqlNode divisor = call.operand(1);
        String remedy = "CAST(" + map.fragment(dividend.getParserPosition()) + " AS DOUBLE) / "
                + map.fragment(divisor.getParserPosition());
        if (refusedIn != null) {
            throw Refusal.invalid(
                    call,
                    "'/' between integers drops the remainder, so in " + refusedIn
                            + " it is refused: write " + remedy);
        }
        Warning warning = new Warning(
                map.written().place(map.start(call.getParserPosition())),
                "'/' between integers drops the remainder: write " + remedy
                        + " if that is not meant");
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    private boolean isInteger(SqlNode node) {
        RelDataType type = validator.getValidatedNodeTypeIfKnown(node);
        return type != null && TypeFactory.toKernel(type).equals(Optional.of(Type.BIGINT));
    }
}
