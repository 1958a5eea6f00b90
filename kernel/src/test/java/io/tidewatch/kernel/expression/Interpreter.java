package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The twin of the vectorised evaluation: one row at a time over Java objects, as plain as the definitions. A row that fails
 * throws a {@link RowFailure}.
 */
public final class Interpreter {
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final long TIMESTAMP_MIN =
            Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long TIMESTAMP_MAX =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final IntFunction<@Nullable Object> row;

    private Interpreter(IntFunction<@Nullable Object> row) {
        this.row = row;
    }

    /**
     * The value of an expression for one row.
     *
     * @param row the value of each column, as package {@code type} says
     */
    public static @Nullable Object evaluate(
            Expression expression, IntFunction<@Nullable Object> row) {
        return new Interpreter(row).value(expression);
    }

    private @Nullable Object value(Expression e) {
        if (e instanceof ColumnReference reference) {
            return row.apply(reference.index());
        }
        if (e instanceof Literal literal) {
            return literal.value();
        }
        if (e instanceof Connective connective) {
            return connect(connective);
        }
        if (e instanceof CaseWhen) {
            return choose(e.operands());
        }
        if (e instanceof Coalesce) {
            return firstNotNull(e.operands());
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Expression operand : e.operands()) {
            values.add(value(operand));
        }
        if (e instanceof TruthTest test) {
            Object tested = values.get(0);
            return switch (test.kind()) {
                case IS_NULL -> tested == null;
                case IS_TRUE -> Boolean.TRUE.equals(tested);
                case IS_FALSE -> Boolean.FALSE.equals(tested);
            };
        }
        if (e instanceof InList) {
            return in(values);
        }
        return values.contains(null) ? null : strict(e, values);
    }

    private @Nullable Object connect(Connective connective) {
        boolean unknown = false;
        for (Expression operand : connective.operands()) {
            Object value = value(operand);
            if (value == null) {
                unknown = true;
            } else if ((Boolean) value != connective.isAnd()) {
                return !connective.isAnd();
            }
        }
        return unknown ? null : connective.isAnd();
    }

    private @Nullable Object choose(List<Expression> operands) {
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            if (Boolean.TRUE.equals(value(operands.get(i)))) {
                return value(operands.get(i + 1));
            }
        }
        return value(operands.get(operands.size() - 1));
    }

    private @Nullable Object firstNotNull(List<Expression> operands) {
        for (Expression operand : operands) {
            Object value = value(operand);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable Object in(List<@Nullable Object> values) {
        Object sought = values.get(0);
        if (sought == null) {
            return null;
        }
        boolean unknown = false;
        for (Object candidate : values.subList(1, values.size())) {
            if (candidate == null) {
                unknown = true;
            } else if (compare(sought, candidate) == 0) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private static @Nullable Object strict(Expression e, List<@Nullable Object> values) {
        Object first = values.get(0 < values.size() ? 0 : values.size());
        if (e instanceof Not) {
            return !(Boolean) first;
        }
        if (e instanceof Comparison comparison) {
            return comparison.operator().holds(compare(first, values.get(1)));
        }
        if (e instanceof LongArithmetic arithmetic) {
            return wholeNumbers(arithmetic, (Long) first, (Long) values.get(1));
        }
        if (e instanceof DecimalArithmetic arithmetic) {
            return decimals(arithmetic, exact(first), exact(values.get(1)));
        }
        if (e instanceof DoubleArithmetic arithmetic) {
            return doubles(arithmetic, (Double) first, (Double) values.get(1));
        }
        if (e instanceof PlusMonths plus) {
            long months = (Long) values.get(1);
            return plusMonths(e, (Long) first, BigInteger.valueOf(months), plus.isNegative());
        }
        if (e instanceof Negation) {
            return negation(e, first);
        }
        if (e instanceof Cast cast) {
            return InterpretedCast.cast(cast, first);
        }
        if (e instanceof Like) {
            return like(values);
        }
        if (e instanceof FunctionCall call) {
            return InterpretedFunctions.call(call, values);
        }
        throw new AssertionError("no definition for " + e.getClass());
    }

    /** Numbers by value, except that NaN is the greatest; strings by unsigned bytes. */
    static int compare(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue() ? 0 : Double.compare(x, y);
        }
        if (a instanceof Number && b instanceof Number) {
            return exact(a).compareTo(exact(b));
        }
        if (a instanceof String x && b instanceof String y) {
            return Arrays.compareUnsigned(x.getBytes(UTF_8), y.getBytes(UTF_8));
        }
        return ((Boolean) a).compareTo((Boolean) b);
    }

    static BigDecimal exact(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) number;
    }

    private static Object wholeNumbers(LongArithmetic e, long left, long right) {
        BigInteger a = BigInteger.valueOf(left);
        BigInteger b = BigInteger.valueOf(right);
        if (b.signum() == 0 && isDivision(e.operator())) {
            throw new RowFailure(ErrorCode.DIVISION_BY_ZERO, e);
        }
        BigInteger result =
                switch (e.operator()) {
                    case ADD -> a.add(b);
                    case SUBTRACT -> a.subtract(b);
                    case MULTIPLY -> a.multiply(b);
                    case DIVIDE -> a.divide(b);
                    case MODULO -> a.remainder(b);
                };
        return fitting(e, result);
    }

    static Long fitting(Expression e, BigInteger value) {
        boolean fits = value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0;
        if (fits && e.type().kind() == TypeKind.TIMESTAMP) {
            fits = isTimestamp(value.longValue());
        }
        if (!fits) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, e);
        }
        return value.longValueExact();
    }

    static boolean isTimestamp(long millis) {
        return millis >= TIMESTAMP_MIN && millis <= TIMESTAMP_MAX;
    }

    private static boolean isDivision(ArithmeticOperator operator) {
        return operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO;
    }

    private static Object decimals(DecimalArithmetic e, BigDecimal a, BigDecimal b) {
        if (b.signum() == 0 && isDivision(e.operator())) {
            throw new RowFailure(ErrorCode.DIVISION_BY_ZERO, e);
        }
        int scale = e.type().scale();
        BigDecimal result =
                switch (e.operator()) {
                    case ADD -> a.add(b);
                    case SUBTRACT -> a.subtract(b);
                    case MULTIPLY -> a.multiply(b);
                    case DIVIDE -> a.divide(b, scale, RoundingMode.HALF_UP);
                    case MODULO -> a.remainder(b);
                };
        return within18Digits(e, result.setScale(scale, RoundingMode.UNNECESSARY));
    }

    static BigDecimal within18Digits(Expression e, BigDecimal value) {
        if (value.unscaledValue().abs().compareTo(BigInteger.TEN.pow(18)) >= 0) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, e);
        }
        return value;
    }

    private static Object doubles(DoubleArithmetic e, double a, double b) {
        if (b == 0 && isDivision(e.operator())) {
            throw new RowFailure(ErrorCode.DIVISION_BY_ZERO, e);
        }
        return switch (e.operator()) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MODULO -> a % b;
        };
    }

    static Long plusMonths(Expression e, long millis, BigInteger months, boolean negative) {
        BigInteger signed = negative ? months.negate() : months;
        if (signed.abs().bitLength() > 30) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, e);
        }
        long moved = Instant.ofEpochMilli(millis)
                .atOffset(ZoneOffset.UTC)
                .plusMonths(signed.longValue())
                .toInstant()
                .toEpochMilli();
        return fitting(e, BigInteger.valueOf(moved));
    }

    private static Object negation(Expression e, Object value) {
        if (value instanceof Double number) {
            return -number;
        }
        return value instanceof BigDecimal number
                ? number.negate()
                : fitting(e, BigInteger.valueOf((Long) value).negate());
    }

    private static Object like(List<@Nullable Object> values) {
        int escape = values.size() > 2 ? ((String) values.get(2)).codePointAt(0) : -1;
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (int code : ((String) values.get(1)).codePoints().toArray()) {
            if (code == escape && !escaped) {
                escaped = true;
                continue;
            }
            String character = Character.toString(code);
            regex.append(
                    !escaped && code == '%'
                            ? ".*"
                            : !escaped && code == '_' ? "." : Pattern.quote(character));
            escaped = false;
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher((String) values.get(0))
                .matches();
    }
}
