package io.tidewatch.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Carries calls over as they are: nothing is folded, expanded or cast. */
final class Convertlets implements SqlRexConvertletTable {
    static final Convertlets INSTANCE = new Convertlets();

    private Convertlets() {}

    @Override
    @SuppressWarnings("NullAway") // Calcite is not annotated; absent is null there.
    public SqlRexConvertlet get(SqlCall call) {
        return switch (call.getKind()) {
            case CAST, SAFE_CAST -> Convertlets::cast;
            // Calcite writes IS UNKNOWN as IS NULL of a call that an aggregating query has no type
            // for.
            case BETWEEN, COALESCE, NULLIF, IS_NULL, IS_NOT_NULL -> Convertlets::literally;
            default ->
                isOurs(call.getOperator())
                        ? Convertlets::literally
                        : StandardConvertletTable.INSTANCE.get(call);
        };
    }

    private static boolean isOurs(SqlOperator operator) {
        return operator instanceof ScalarOperator
                || operator instanceof SymbolOperator
                || operator instanceof Membership
                || operator == SqlStdOperatorTable.CONCAT;
    }

    private static RexNode literally(SqlRexContext context, SqlCall call) {
        List<RexNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            operands.add(context.convertExpression(operand));
        }
        RelDataType type = context.getValidator().getValidatedNodeTypeIfKnown(call);
        return type == null
                ? context.getRexBuilder()
                        .makeCall(call.getParserPosition(), call.getOperator(), operands)
                : context.getRexBuilder()
                        .makeCall(call.getParserPosition(), type, call.getOperator(), operands);
    }

    private static RexNode cast(SqlRexContext context, SqlCall call) {
        RexNode operand = context.convertExpression(call.operand(0));
        if (!(call.operand(1) instanceof SqlDataTypeSpec spec)) {
            throw Refusal.unsupported(
                    call.getParserPosition(),
                    "CAST to an interval is not supported: multiply a number by INTERVAL '1' SECOND");
        }
        boolean safe = call.getKind() == SqlKind.SAFE_CAST;
        // The validator holds what cannot be NULL apart, also where it does not tell the type of
        // this call.
        boolean canBeNull = safe || operand.getType().isNullable();
        RelDataType known = context.getValidator().getValidatedNodeTypeIfKnown(call);
        RelDataType type =
                known == null ? spec.deriveType(context.getValidator(), canBeNull) : known;
        return context.getRexBuilder()
                .makeAbstractCast(call.getParserPosition(), type, operand, safe);
    }
}
