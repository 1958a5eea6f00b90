package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.type.TypeKind.BIGINT;
import static io.tidewatch.kernel.type.TypeKind.DECIMAL;
import static io.tidewatch.kernel.type.TypeKind.DOUBLE;
import static io.tidewatch.kernel.type.TypeKind.INTERVAL;
import static io.tidewatch.kernel.type.TypeKind.INTERVAL_MONTH;
import static io.tidewatch.kernel.type.TypeKind.TIMESTAMP;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.List;

/** Chooses the operation and the result type for two operands of {@code +}, {@code -}, {@code *}, {@code /}, {@code %}. */
final class Arithmetic {
    /** The least number of digits after the point of a DECIMAL quotient. */
    private static final int QUOTIENT_SCALE_MIN = 6;

    private Arithmetic() {}

    static Expression of(ArithmeticOperator operator, Expression left, Expression right) {
        if (left.type().isNumeric() && right.type().isNumeric()) {
            return ofNumbers(operator, left, right);
        }
        return switch (operator) {
            case ADD -> sum(left, right);
            case SUBTRACT -> difference(left, right);
            case MULTIPLY ->
                isInterval(right) ? scaled(operator, right, left) : scaled(operator, left, right);
            case DIVIDE -> scaled(operator, left, right);
            case MODULO -> throw refused(operator, left, right);
        };
    }

    private static Expression ofNumbers(
            ArithmeticOperator operator, Expression left, Expression right) {
        if (is(left, DOUBLE) || is(right, DOUBLE)) {
            return new DoubleArithmetic(
                    operator,
                    Expressions.coerced(left, Type.DOUBLE),
                    Expressions.coerced(right, Type.DOUBLE));
        }
        if (is(left, DECIMAL) || is(right, DECIMAL)) {
            Type type = decimalType(operator, left.type(), right.type());
            return new DecimalArithmetic(type, operator, left, right);
        }
        return new LongArithmetic(Type.BIGINT, operator, left, right);
    }

    /** The type of an operation on two operands of which each is DECIMAL or BIGINT. */
    static Type decimalType(ArithmeticOperator operator, Type left, Type right) {
        int scale =
                switch (operator) {
                    case ADD, SUBTRACT, MODULO -> Math.max(left.scale(), right.scale());
                    case MULTIPLY -> left.scale() + right.scale();
                    case DIVIDE ->
                        Math.min(
                                Type.DECIMAL_PRECISION_MAX,
                                Math.max(QUOTIENT_SCALE_MIN, left.scale()));
                };
        if (scale > Type.DECIMAL_PRECISION_MAX) {
            throw Expressions.invalid("the product of " + left + " and " + right + " would have "
                    + scale + " digits after the point, more than "
                    + Type.DECIMAL_PRECISION_MAX
                    + "; CAST an operand to fewer digits or to DOUBLE");
        }
        int leftDigits = integerDigits(left);
        int rightDigits = integerDigits(right);
        int precision =
                switch (operator) {
                    case ADD, SUBTRACT -> Math.max(leftDigits, rightDigits) + scale + 1;
                    case MULTIPLY -> leftDigits + rightDigits + scale;
                    case DIVIDE -> Type.DECIMAL_PRECISION_MAX;
                    case MODULO -> Math.min(leftDigits, rightDigits) + scale;
                };
        return Type.decimal(Math.max(1, Math.min(Type.DECIMAL_PRECISION_MAX, precision)), scale);
    }

    private static int integerDigits(Type type) {
        return type.kind() == BIGINT ? Expressions.BIGINT_DIGITS : type.precision() - type.scale();
    }

    private static Expression sum(Expression left, Expression right) {
        if (isInterval(left) && is(right, TIMESTAMP)) {
            return sum(right, left);
        }
        if (is(right, INTERVAL) && (is(left, TIMESTAMP) || is(left, INTERVAL))
                || is(left, INTERVAL_MONTH) && is(right, INTERVAL_MONTH)) {
            return new LongArithmetic(left.type(), ArithmeticOperator.ADD, left, right);
        }
        if (is(left, TIMESTAMP) && is(right, INTERVAL_MONTH)) {
            return new PlusMonths(left, right, false);
        }
        throw refused(ArithmeticOperator.ADD, left, right);
    }

    private static Expression difference(Expression left, Expression right) {
        ArithmeticOperator operator = ArithmeticOperator.SUBTRACT;
        if (is(left, TIMESTAMP) && is(right, TIMESTAMP)) {
            return new LongArithmetic(Type.INTERVAL, operator, left, right);
        }
        if (is(right, INTERVAL) && (is(left, TIMESTAMP) || is(left, INTERVAL))
                || is(left, INTERVAL_MONTH) && is(right, INTERVAL_MONTH)) {
            return new LongArithmetic(left.type(), operator, left, right);
        }
        if (is(left, TIMESTAMP) && is(right, INTERVAL_MONTH)) {
            return new PlusMonths(left, right, true);
        }
        throw refused(operator, left, right);
    }

    /** An interval times a number, or divided by one; a fraction of a millisecond is rounded half up. */
    private static Expression scaled(
            ArithmeticOperator operator, Expression interval, Expression number) {
        if (isInterval(interval) && is(number, BIGINT)) {
            return new LongArithmetic(interval.type(), operator, interval, number);
        }
        if (is(interval, INTERVAL) && number.type().isNumeric()) {
            Expression millis = Expressions.cast(interval, Type.BIGINT, false);
            return Expressions.cast(
                    of(operator, Expressions.cast(millis, Type.DOUBLE, false), number),
                    Type.INTERVAL,
                    false);
        }
        throw refused(operator, interval, number);
    }

    private static boolean isInterval(Expression expression) {
        return is(expression, INTERVAL) || is(expression, INTERVAL_MONTH);
    }

    private static boolean is(Expression expression, TypeKind kind) {
        return expression.type().kind() == kind;
    }

    private static RuntimeException refused(
            ArithmeticOperator operator, Expression left, Expression right) {
        List<Expression> operands = List.of(left, right);
        boolean text = operands.stream().anyMatch(operand -> is(operand, TypeKind.VARCHAR));
        return Expressions.invalid(left.type() + " " + operator.sql() + " " + right.type()
                + " is not defined, in " + left + " " + operator.sql() + " " + right
                + (text
                        ? "; CAST the string to a number first, or join strings with ||"
                        : "; CAST an operand to another type"));
    }

    /** What a failing row of an operation with this result type is told. */
    static String reason(ErrorCode code, Type type) {
        return code == ErrorCode.DIVISION_BY_ZERO ? "division by zero" : type + " overflow";
    }
}
