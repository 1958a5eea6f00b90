package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * ABS, SIGN and rounding, for each kind of number. DOUBLE is rounded by its exact value, which a decimal text of it only
 * approximates.
 */
final class RoundingFunctions {
    /** The digits of a DOUBLE end at the 1074th place after the point, and begin well behind this one before it. */
    private static final long PLACES_MAX = 1_074;

    /** The digits of the longest BIGINT. */
    private static final int DIGITS_MAX = 19;

    /** From here on a DOUBLE has no digits after the point. */
    private static final double WHOLE_FROM = 0x1p52;

    /** 2024-02-29T12:34:56.789Z. */
    private static final long EXAMPLE_TIME = 1_709_210_096_789L;

    private RoundingFunctions() {}

    static List<FunctionDefinition> all() {
        return Stream.of(signs(), toWholes(), toPlaces()).flatMap(List::stream).toList();
    }

    private static List<FunctionDefinition> signs() {
        return List.of(
                define("ABS(x)", "The absolute value.")
                        .typed(NumberTypes::same)
                        .example("5", literal(-5))
                        .example("1.50", decimal("-1.50"))
                        .binds(RoundingFunctions::abs),
                define("SIGN(x)", "-1, 0 or 1 for a negative number, zero or a positive one.")
                        .typed(NumberTypes::sign)
                        .example("-1", literal(-5))
                        .example("1", literal(0.25))
                        .binds(RoundingFunctions::sign));
    }

    private static List<FunctionDefinition> toWholes() {
        return List.of(
                define(
                                "CEIL(x)",
                                "The least whole number that is not less than x. CEIL(time TO unit): the first start of a unit "
                                        + "that is not before a time.")
                        .typed(NumberTypes::cut)
                        .example("3", decimal("2.10"))
                        .example("-2", literal(-2.5))
                        .exampleAs(
                                "CEIL(TIMESTAMP '2024-02-29 12:34:56.789' TO HOUR)",
                                "2024-02-29T13:00:00.000Z",
                                literal(Type.TIMESTAMP, EXAMPLE_TIME),
                                literal("HOUR"))
                        .binds(arguments -> cut("CEIL", arguments, RoundingMode.CEILING)),
                define(
                                "FLOOR(x)",
                                "The greatest whole number that is not greater than x. FLOOR(time TO unit): the start of the unit "
                                        + "that a time lies in, as DATE_TRUNC(unit, time).")
                        .typed(NumberTypes::cut)
                        .example("2", decimal("2.90"))
                        .example("-3", literal(-2.5))
                        .exampleAs(
                                "FLOOR(TIMESTAMP '2024-02-29 12:34:56.789' TO MONTH)",
                                "2024-02-01T00:00:00.000Z",
                                literal(Type.TIMESTAMP, EXAMPLE_TIME),
                                literal("MONTH"))
                        .binds(arguments -> cut("FLOOR", arguments, RoundingMode.FLOOR)));
    }

    private static List<FunctionDefinition> toPlaces() {
        return List.of(
                define(
                                "ROUND(x [, places])",
                                "x rounded to so many places after the point (default 0), halves away from zero; "
                                        + "negative places are before the point.")
                        .typed(NumberTypes::rounded)
                        .example("3", literal(2.5))
                        .example("2.350", decimal("2.345"), literal(2))
                        .example("1200", literal(1234), literal(-2))
                        .binds(arguments -> rounded(arguments, RoundingMode.HALF_UP)),
                define(
                                "TRUNCATE(x [, places])",
                                "x without what is beyond so many places after the point (default 0).")
                        .typed(NumberTypes::rounded)
                        .example("2", literal(2.9))
                        .example("-2.340", decimal("-2.345"), literal(2))
                        .binds(arguments -> rounded(arguments, RoundingMode.DOWN)));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.MATH, syntax, description);
    }

    private static Expression decimal(String text) {
        BigDecimal value = new BigDecimal(text);
        return literal(
                Type.decimal(Math.max(value.precision(), value.scale()), value.scale()), value);
    }

    private static RowKernel abs(List<Expression> arguments) {
        if (arguments.get(0).type().kind() == TypeKind.DOUBLE) {
            return (RowKernel.ToDouble) a -> Math.abs(a.doubleAt(0));
        }
        return (RowKernel.ToLong) a -> {
            long x = a.longAt(0);
            if (x == Long.MIN_VALUE) {
                a.fail(ErrorCode.NUMERIC_OVERFLOW, "BIGINT overflow");
            }
            return Math.abs(x);
        };
    }

    private static RowKernel sign(List<Expression> arguments) {
        return arguments.get(0).type().kind() == TypeKind.DOUBLE
                ? (RowKernel.ToDouble) a -> Math.signum(a.doubleAt(0))
                : (RowKernel.ToLong) a -> Long.signum(a.longAt(0));
    }

    private static RowKernel cut(String function, List<Expression> arguments, RoundingMode mode) {
        return arguments.get(0).type().kind() == TypeKind.TIMESTAMP
                ? TimeFunctions.cut(function, arguments, 1, mode == RoundingMode.FLOOR)
                : whole(arguments, mode);
    }

    private static RowKernel whole(List<Expression> arguments, RoundingMode mode) {
        Type type = arguments.get(0).type();
        if (type.kind() == TypeKind.DOUBLE) {
            return mode == RoundingMode.FLOOR
                    ? (RowKernel.ToDouble) a -> StrictMath.floor(a.doubleAt(0))
                    : (RowKernel.ToDouble) a -> StrictMath.ceil(a.doubleAt(0));
        }
        long unit = Decimals.powerOfTen(type.scale());
        return mode == RoundingMode.FLOOR
                ? (RowKernel.ToLong) a -> Math.floorDiv(a.longAt(0), unit)
                : (RowKernel.ToLong) a -> -Math.floorDiv(-a.longAt(0), unit);
    }

    private static RowKernel rounded(List<Expression> arguments, RoundingMode mode) {
        Type type = arguments.get(0).type();
        boolean hasPlaces = arguments.size() > 1;
        if (type.kind() == TypeKind.DOUBLE) {
            return (RowKernel.ToDouble)
                    a -> round(a.doubleAt(0), hasPlaces ? a.longAt(1) : 0, mode) + 0.0;
        }
        return (RowKernel.ToLong) a -> round(a, hasPlaces ? a.longAt(1) : 0, type, mode);
    }

    /** The result may be −0.0, which adding 0.0 turns into 0.0. */
    private static double round(double x, long places, RoundingMode mode) {
        if (!(Math.abs(x) < WHOLE_FROM) && places >= 0 || x == 0 || !Double.isFinite(x)) {
            return x;
        }
        if (places == 0) {
            double down = Math.abs(x) - Math.abs(x) % 1;
            double up = mode == RoundingMode.HALF_UP && Math.abs(x) - down >= 0.5 ? 1 : 0;
            return Math.copySign(down + up, x);
        }
        if (places > PLACES_MAX || places < -PLACES_MAX) {
            return places > 0 ? x : 0;
        }
        return new BigDecimal(x).setScale((int) places, mode).doubleValue();
    }

    private static long round(Arguments a, long places, Type type, RoundingMode mode) {
        long unscaled = a.longAt(0);
        if (places >= type.scale()) {
            return unscaled;
        }
        if (places < -DIGITS_MAX) {
            return 0;
        }
        int unscaledPlaces = (int) places - type.scale();
        BigDecimal rounded = BigDecimal.valueOf(unscaled).setScale(unscaledPlaces, mode);
        boolean fits = type.kind() == TypeKind.BIGINT
                ? rounded.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                : rounded.abs().compareTo(BigDecimal.valueOf(Decimals.LIMIT)) < 0;
        if (!fits) {
            a.fail(ErrorCode.NUMERIC_OVERFLOW, type.kind() + " overflow");
            return 0;
        }
        return rounded.longValueExact();
    }
}
