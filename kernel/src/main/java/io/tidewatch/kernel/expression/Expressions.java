package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions. Numbers of different types are brought to one: DOUBLE if one of them is DOUBLE, otherwise DECIMAL.
 * Types that make no sense together are refused with {@link ErrorCode#QUERY_INVALID} and the remedy.
 */
public final class Expressions {
    /** The digits of the greatest BIGINT. */
    static final int BIGINT_DIGITS = 19;

    private Expressions() {}

    /** Column {@code index} of the batch. */
    public static Expression column(int index, Type type) {
        return new ColumnReference(index, type);
    }

    /**
     * A constant.
     *
     * @param value as package {@code type} says, or {@code null} for NULL; a DECIMAL may have fewer digits after the point
     */
    public static Expression literal(Type type, @Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return new Literal(type, decimal.setScale(type.scale()));
        }
        return new Literal(type, value);
    }

    public static Expression literal(long value) {
        return new Literal(Type.BIGINT, value);
    }

    public static Expression literal(double value) {
        return new Literal(Type.DOUBLE, value);
    }

    public static Expression literal(String value) {
        return new Literal(Type.VARCHAR, value);
    }

    public static Expression literal(boolean value) {
        return new Literal(Type.BOOLEAN, value);
    }

    /** TRUE if all are; TRUE for none. Operands are evaluated from left to right, while none is FALSE. */
    public static Expression and(List<Expression> operands) {
        return connect(true, operands);
    }

    /** The conditions of which {@code condition} is the AND; itself if it is none. */
    public static List<Expression> conditions(Expression condition) {
        if (!(condition instanceof Connective connective) || !connective.isAnd()) {
            return List.of(condition);
        }
        return condition.operands().stream()
                .flatMap(operand -> conditions(operand).stream())
                .toList();
    }

    /** TRUE if any is; FALSE for none. Operands are evaluated from left to right, while none is TRUE. */
    public static Expression or(List<Expression> operands) {
        return connect(false, operands);
    }

    private static Expression connect(boolean isAnd, List<Expression> operands) {
        for (Expression operand : operands) {
            requireBoolean(operand, isAnd ? "AND" : "OR");
        }
        return switch (operands.size()) {
            case 0 -> literal(isAnd);
            case 1 -> operands.get(0);
            default -> new Connective(isAnd, operands);
        };
    }

    public static Expression not(Expression operand) {
        requireBoolean(operand, "NOT");
        return new Not(operand);
    }

    public static Expression isNull(Expression operand) {
        return new TruthTest(TruthTest.Kind.IS_NULL, operand);
    }

    public static Expression isNotNull(Expression operand) {
        return new Not(isNull(operand));
    }

    public static Expression isTrue(Expression operand) {
        requireBoolean(operand, "IS TRUE");
        return new TruthTest(TruthTest.Kind.IS_TRUE, operand);
    }

    public static Expression isNotTrue(Expression operand) {
        return new Not(isTrue(operand));
    }

    public static Expression isFalse(Expression operand) {
        requireBoolean(operand, "IS FALSE");
        return new TruthTest(TruthTest.Kind.IS_FALSE, operand);
    }

    public static Expression isNotFalse(Expression operand) {
        return new Not(isFalse(operand));
    }

    /** A comparison of numbers of any types, or of two operands of one type. */
    public static Expression comparison(
            ComparisonOperator operator, Expression left, Expression right) {
        if (left instanceof Literal && !(right instanceof Literal)) {
            return comparison(operator.flipped(), right, left);
        }
        TypeKind leftKind = left.type().kind();
        TypeKind rightKind = right.type().kind();
        if (leftKind == rightKind && leftKind != TypeKind.DECIMAL) {
            return new Comparison(operator, left, right);
        }
        if (!left.type().isNumeric() || !right.type().isNumeric()) {
            throw invalid(left.type() + " cannot be compared with " + right.type() + ", in " + left
                    + " " + operator.sql() + " " + right + "; CAST one to the type of the other");
        }
        if (leftKind == TypeKind.DOUBLE || rightKind == TypeKind.DOUBLE) {
            return new Comparison(
                    operator, coerced(left, Type.DOUBLE), coerced(right, Type.DOUBLE));
        }
        return new Comparison(operator, left, atScaleOf(left.type(), right));
    }

    /** A literal number at the scale of the type it is compared with, if it has no more digits; otherwise itself. */
    private static Expression atScaleOf(Type type, Expression right) {
        int places = type.scale() - right.type().scale();
        if (!(right instanceof Literal literal) || literal.value() == null || places <= 0) {
            return right;
        }
        long unscaled = Decimals.rescale(literal.asLong(), places);
        if (unscaled == Decimals.OVERFLOW) {
            return right;
        }
        Type decimal = Type.decimal(Type.DECIMAL_PRECISION_MAX, type.scale());
        return new Literal(decimal, BigDecimal.valueOf(unscaled, type.scale()));
    }

    /** Like {@code =}, but never NULL: two NULLs are the same, and NULL differs from every value. */
    public static Expression isNotDistinctFrom(Expression left, Expression right) {
        Expression equal = isTrue(comparison(ComparisonOperator.EQUAL, left, right));
        return or(List.of(equal, and(List.of(isNull(left), isNull(right)))));
    }

    public static Expression isDistinctFrom(Expression left, Expression right) {
        return not(isNotDistinctFrom(left, right));
    }

    /** {@code low <= value AND value <= high}. */
    public static Expression between(Expression value, Expression low, Expression high) {
        return and(List.of(
                comparison(ComparisonOperator.GREATER_OR_EQUAL, value, low),
                comparison(ComparisonOperator.LESS_OR_EQUAL, value, high)));
    }

    /**
     * TRUE if {@code value} equals one of the list, otherwise NULL if either is NULL somewhere, otherwise FALSE. Elements
     * that are not literals are evaluated from left to right, while none is equal.
     */
    public static Expression in(Expression value, List<Expression> list) {
        return InList.of(value, list);
    }

    /**
     * Arithmetic on numbers, and on TIMESTAMP and intervals. BIGINT divides as SQL does, cutting off the fraction. A
     * DECIMAL sum has the greater scale, a product the sum of the scales, a quotient the scale of the dividend but at least
     * 6, rounded half up.
     */
    public static Expression arithmetic(
            ArithmeticOperator operator, Expression left, Expression right) {
        return Arithmetic.of(operator, left, right);
    }

    /** The type of {@link #arithmetic} on operands of these types; empty if they do not fit. */
    public static Optional<Type> arithmeticType(
            ArithmeticOperator operator, Type left, Type right) {
        try {
            return Optional.of(
                    arithmetic(operator, column(0, left), column(1, right)).type());
        } catch (TidewatchException e) {
            return Optional.empty();
        }
    }

    public static Expression negate(Expression operand) {
        TypeKind kind = operand.type().kind();
        if (!operand.type().isNumeric()
                && kind != TypeKind.INTERVAL
                && kind != TypeKind.INTERVAL_MONTH) {
            throw invalid("-" + operand + ": " + operand.type()
                    + " has no negative; CAST it to a number");
        }
        return new Negation(operand);
    }

    /** CASE WHEN; the results are brought to one type. */
    public static Expression caseWhen(
            List<Expression> conditions, List<Expression> results, Expression otherwise) {
        if (conditions.size() != results.size()) {
            throw new IllegalArgumentException(
                    "results: " + results.size() + " (expected: " + conditions.size() + ")");
        }
        conditions.forEach(condition -> requireBoolean(condition, "WHEN"));
        if (conditions.isEmpty()) {
            return otherwise;
        }
        List<Expression> all = new ArrayList<>(results);
        all.add(otherwise);
        Type type = commonType("CASE", all);
        List<Expression> coerced = coerced(all, type);
        return CaseWhen.of(
                type, conditions, coerced.subList(0, results.size()), coerced.get(results.size()));
    }

    /** The first that is not NULL; the operands are brought to one type. */
    public static Expression coalesce(List<Expression> operands) {
        Type type = commonType("COALESCE", operands);
        List<Expression> coerced = coerced(operands, type);
        return coerced.size() == 1 ? coerced.get(0) : new Coalesce(type, coerced);
    }

    /** NULL where both are equal, otherwise {@code left}. */
    public static Expression nullIf(Expression left, Expression right) {
        return caseWhen(
                List.of(comparison(ComparisonOperator.EQUAL, left, right)),
                List.of(literal(left.type(), null)),
                left);
    }

    /**
     * CAST, or TRY_CAST, which is NULL where CAST would fail.
     *
     * @see Cast
     */
    public static Expression cast(Expression operand, Type target, boolean tryCast) {
        if (operand.type().equals(target)) {
            return operand;
        }
        if (operand instanceof Literal literal && literal.isNullLiteral()) {
            return literal(target, null);
        }
        if (!Cast.isDefined(operand.type(), target)) {
            throw invalid(operand.type() + " cannot be CAST to " + target + ", in " + operand
                    + castRemedy(operand.type(), target));
        }
        return new Cast(operand, target, tryCast);
    }

    private static String castRemedy(Type from, Type to) {
        if (from.kind() == TypeKind.BOOLEAN || to.kind() == TypeKind.BOOLEAN) {
            return "; write a comparison or a CASE";
        }
        return "; CAST it to BIGINT or VARCHAR first";
    }

    /** LIKE: {@code %} stands for any text, {@code _} for one character; {@code escape} before either, for itself. */
    public static Expression like(
            Expression value, Expression pattern, @Nullable Expression escape) {
        return Like.of(value, pattern, escape);
    }

    /** The type that values of all these types are brought to; empty if there is none. */
    public static Optional<Type> commonType(List<Type> types) {
        Type common = types.get(0);
        for (Type type : types) {
            if (common.equals(type)) {
                continue;
            }
            if (!common.isNumeric() || !type.isNumeric()) {
                return Optional.empty();
            }
            common = commonNumber(common, type);
        }
        return Optional.of(common);
    }

    private static Type commonNumber(Type a, Type b) {
        if (a.kind() == TypeKind.DOUBLE || b.kind() == TypeKind.DOUBLE) {
            return Type.DOUBLE;
        }
        int scale = Math.max(a.scale(), b.scale());
        int digits = Math.max(integerDigits(a), integerDigits(b)) + scale;
        return Type.decimal(Math.min(Type.DECIMAL_PRECISION_MAX, digits), scale);
    }

    private static int integerDigits(Type type) {
        return type.kind() == TypeKind.BIGINT ? BIGINT_DIGITS : type.precision() - type.scale();
    }

    private static Type commonType(String where, List<Expression> operands) {
        if (operands.isEmpty()) {
            throw invalid(where + " needs at least one operand");
        }
        List<Type> types = new ArrayList<>();
        for (Expression operand : operands) {
            boolean isNull = operand instanceof Literal literal && literal.isNullLiteral();
            if (!isNull) {
                types.add(operand.type());
            }
        }
        if (types.isEmpty()) {
            return operands.get(0).type();
        }
        return commonType(types)
                .orElseThrow(() -> invalid(where + " has results of different types, "
                        + String.join(
                                ", ",
                                types.stream().map(Type::toString).distinct().toList())
                        + "; CAST them to one"));
    }

    private static List<Expression> coerced(List<Expression> operands, Type type) {
        List<Expression> coerced = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            coerced.add(coerced(operand, type));
        }
        return coerced;
    }

    /** The operand as another type, a literal at once. */
    static Expression coerced(Expression operand, Type type) {
        Expression cast = cast(operand, type, false);
        return operand instanceof Literal ? cast.folded() : cast;
    }

    private static void requireBoolean(Expression operand, String where) {
        if (operand.type().kind() != TypeKind.BOOLEAN) {
            throw invalid(where + " needs a BOOLEAN, but " + operand + " is " + operand.type()
                    + "; compare it with something");
        }
    }

    static TidewatchException invalid(String message) {
        return new TidewatchException(ErrorCode.QUERY_INVALID, message);
    }
}
