package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Whether an expression that has a value may fail as events are added to a window that is open. What does not change fails
 * at once or never; of what changes, only what cannot fail at all is taken.
 */
public final class LaterFailure {
    private LaterFailure() {}

    /** Why an expression that has a value may fail later, and what to write instead; empty if it cannot. */
    public static Optional<String> of(Expression expression, IntFunction<Growth> columns) {
        return find(expression, columns, true, false);
    }

    /** As {@link #of}, of a condition that is TRUE, and that stays so if it does not fail. */
    public static Optional<String> ofTrue(Expression condition, IntFunction<Growth> columns) {
        return find(condition, columns, true, true);
    }

    /**
     * @param evaluated whether the expression was evaluated already; parts of CASE, COALESCE, AND and OR may not have been
     * @param isTrue whether the expression is TRUE
     */
    private static Optional<String> find(
            Expression expression, IntFunction<Growth> columns, boolean evaluated, boolean isTrue) {
        if (expression instanceof Literal || expression instanceof ColumnReference) {
            return Optional.empty();
        }
        if (evaluated && Growth.of(expression, columns) == Growth.FIXED) {
            return Optional.empty();
        }
        Optional<String> own = own(expression);
        if (own.isPresent()) {
            return own;
        }
        boolean all = isTrue && expression instanceof Connective connective && connective.isAnd();
        List<Expression> operands = expression.operands();
        for (int i = 0; i < operands.size(); i++) {
            boolean sure = evaluated && (i == 0 || all || !skipsOperands(expression));
            Optional<String> found = find(operands.get(i), columns, sure, all);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Whether operands behind the first are evaluated only where that matters. */
    private static boolean skipsOperands(Expression expression) {
        return expression instanceof Connective
                || expression instanceof CaseWhen
                || expression instanceof Coalesce;
    }

    /** Why the operation itself may fail, whatever its operands do. */
    private static Optional<String> own(Expression expression) {
        if (expression instanceof DoubleArithmetic arithmetic) {
            return ofDoubles(arithmetic);
        }
        if (expression instanceof Cast cast) {
            return ofCast(cast);
        }
        if (expression instanceof Negation && expression.type().kind() == TypeKind.DOUBLE) {
            return Optional.empty();
        }
        if (expression instanceof FunctionCall call) {
            return Optional.of(call.name() + " may fail; leave it out, or write 'evaluate: final'");
        }
        return isTotal(expression)
                ? Optional.empty()
                : Optional.of("arithmetic of " + expression.type()
                        + " may overflow; CAST its operands to DOUBLE");
    }

    private static boolean isTotal(Expression expression) {
        return expression instanceof Comparison
                || expression instanceof Connective
                || expression instanceof Not
                || expression instanceof TruthTest
                || expression instanceof InList
                || expression instanceof CaseWhen
                || expression instanceof Coalesce;
    }

    private static Optional<String> ofDoubles(DoubleArithmetic arithmetic) {
        boolean divides = arithmetic.operator() == ArithmeticOperator.DIVIDE
                || arithmetic.operator() == ArithmeticOperator.MODULO;
        return divides && !isNeverZero(arithmetic.operand(1))
                ? Optional.of("a division by zero may fail; divide by NULLIF(..., 0)")
                : Optional.empty();
    }

    private static Optional<String> ofCast(Cast cast) {
        Type from = cast.operand(0).type();
        TypeKind to = cast.type().kind();
        boolean cannotFail = cast.isTryCast()
                || from.isNumeric() && (to == TypeKind.DOUBLE || to == TypeKind.VARCHAR);
        return cannotFail
                ? Optional.empty()
                : Optional.of(
                        "CAST of " + from + " to " + cast.type() + " may fail; write TRY_CAST");
    }

    /** Whether an expression is a literal other than zero, or NULLIF(…, 0), or the DOUBLE of one. */
    private static boolean isNeverZero(Expression expression) {
        if (expression instanceof Cast cast && cast.type().kind() == TypeKind.DOUBLE) {
            return cast.operand(0).type().isNumeric() && isNeverZero(cast.operand(0));
        }
        if (expression instanceof CaseWhen choice && choice.operands().size() == 3) {
            return choice.operand(0) instanceof Comparison test
                    && test.operator() == ComparisonOperator.EQUAL
                    && isSame(test.operand(0), choice.operand(2))
                    && isZero(test.operand(1))
                    && choice.operand(1) instanceof Literal literal
                    && literal.isNullLiteral();
        }
        return expression instanceof Literal && !isZero(expression);
    }

    /** Whether one expression is the other, or the DOUBLE of it. */
    private static boolean isSame(Expression compared, Expression value) {
        return compared.equals(value)
                || compared instanceof Cast cast
                        && cast.type().kind() == TypeKind.DOUBLE
                        && cast.operand(0).equals(value);
    }

    private static boolean isZero(Expression expression) {
        if (expression instanceof Cast cast) {
            return isZero(cast.operand(0));
        }
        return expression instanceof Literal literal
                && !literal.isNullLiteral()
                && (literal.type().kind() == TypeKind.DOUBLE
                        ? literal.asDouble() == 0
                        : literal.type().isNumeric() && literal.asLong() == 0);
    }
}
