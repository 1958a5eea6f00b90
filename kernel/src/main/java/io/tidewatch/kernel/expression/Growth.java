package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.type.TypeKind;
import java.util.function.IntFunction;

/** How a value changes as events are added to a window that is open. */
public enum Growth {
    /** It stays as it is. */
    FIXED,
    /** It never falls: NULL before all values, FALSE before TRUE. */
    GROWS,
    /** It never rises: NULL before all values, TRUE before FALSE. */
    FALLS,
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
        return stays(condition, true, columns);
    }

    /** Whether a condition that has become TRUE, or FALSE, stays so. */
    private static boolean stays(Expression condition, boolean value, IntFunction<Growth> columns) {
        Growth growth = of(condition, columns);
        if (growth == FIXED || growth == (value ? GROWS : FALLS)) {
            return true;
        }
        if (condition instanceof Connective) {
            return condition.operands().stream().allMatch(part -> stays(part, value, columns));
        }
        if (condition instanceof Not) {
            return stays(condition.operand(0), !value, columns);
        }
        if (value && condition instanceof TruthTest test && test.kind() == TruthTest.Kind.IS_TRUE) {
            return stays(test.operand(0), true, columns);
        }
        return condition instanceof Comparison comparison
                && isLowerBound(comparison, value, columns);
    }

    /** Whether a comparison says, if it has the value, that what may only rise is above what may only fall. */
    private static boolean isLowerBound(
            Comparison comparison, boolean value, IntFunction<Growth> columns) {
        Growth left = of(comparison.operand(0), columns);
        Growth right = of(comparison.operand(1), columns);
        return switch (comparison.operator()) {
            case GREATER, GREATER_OR_EQUAL -> value ? isApart(left, right) : isApart(right, left);
            case LESS, LESS_OR_EQUAL -> value ? isApart(right, left) : isApart(left, right);
            case EQUAL, NOT_EQUAL -> false;
        };
    }

    private static boolean isApart(Growth above, Growth below) {
        return (above == GROWS || above == FIXED) && (below == FALLS || below == FIXED);
    }
}
