package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.type.TypeKind;
import java.util.function.IntFunction;

/** How a value changes as events are added to a window that is open. */
public enum Growth {
    /** It stays as it is. */
    FIXED,
    /** It never falls: NULL before all values, FALSE before TRUE. */
    GROWS,
    /** It may rise and fall. */
    ANY;

    /** How an expression changes, from how columns do; {@link #ANY} where that is not known. */
    public static Growth of(Expression expression, IntFunction<Growth> columns) {
        if (expression instanceof ColumnReference column) {
            return columns.apply(column.index());
        }
        if (expression.isConstant()) {
            return FIXED;
        }
        if (expression instanceof Cast cast
                && cast.type().kind() == TypeKind.DOUBLE
                && cast.operand(0).type().isNumeric()) {
            return of(cast.operand(0), columns);
        }
        boolean fixed = expression.operands().stream().allMatch(part -> of(part, columns) == FIXED);
        return fixed ? FIXED : ANY;
    }

    /** Whether a condition that is TRUE stays so. */
    public static boolean staysTrue(Expression condition, IntFunction<Growth> columns) {
        if (of(condition, columns) != ANY) {
            return true;
        }
        if (condition instanceof Connective) {
            return condition.operands().stream().allMatch(part -> staysTrue(part, columns));
        }
        if (condition instanceof TruthTest test && test.kind() == TruthTest.Kind.IS_TRUE) {
            return staysTrue(test.operand(0), columns);
        }
        return condition instanceof Comparison comparison && isLowerBound(comparison, columns);
    }

    private static boolean isLowerBound(Comparison comparison, IntFunction<Growth> columns) {
        Growth left = of(comparison.operand(0), columns);
        Growth right = of(comparison.operand(1), columns);
        return switch (comparison.operator()) {
            case GREATER, GREATER_OR_EQUAL -> left == GROWS && right == FIXED;
            case LESS, LESS_OR_EQUAL -> left == FIXED && right == GROWS;
            case EQUAL, NOT_EQUAL -> false;
        };
    }
}
