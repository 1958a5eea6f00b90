package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.DOUBLE;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * Functions of DOUBLE, computed by {@link StrictMath} and so equal on every machine. An argument outside the domain of a
 * function fails; NaN gives NaN.
 */
final class MathFunctions {
    private static final String OUTSIDE_DOMAIN = "argument outside the domain";
    private static final double LN_2 = StrictMath.log(2);

    private MathFunctions() {}

    static List<FunctionDefinition> all() {
        return Stream.of(powers(), angles(), others()).flatMap(List::stream).toList();
    }

    private static List<FunctionDefinition> powers() {
        return List.of(
                unary(
                        "SQRT",
                        "The square root; x must not be negative.",
                        StrictMath::sqrt,
                        2.25,
                        "1.5"),
                unary("CBRT", "The cube root.", StrictMath::cbrt, -27, "-3"),
                unary("EXP", "e to the power of x.", StrictMath::exp, 0, "1"),
                logarithm("LN", "natural logarithm", StrictMath::log, 1, "0"),
                logarithm("LOG10", "logarithm to base 10", StrictMath::log10, 1_000, "3"),
                logarithm("LOG2", "logarithm to base 2", MathFunctions::log2, 1_024, "10"));
    }

    private static List<FunctionDefinition> angles() {
        return List.of(
                unary("SIN", "The sine of an angle in radians.", StrictMath::sin, 0, "0"),
                unary("COS", "The cosine of an angle in radians.", StrictMath::cos, 0, "1"),
                unary("TAN", "The tangent of an angle in radians.", StrictMath::tan, 0, "0"),
                unary(
                        "ASIN",
                        "The angle whose sine is x, from -1 to 1, in radians.",
                        StrictMath::asin,
                        1,
                        "1.5707963267948966"),
                unary(
                        "ACOS",
                        "The angle whose cosine is x, from -1 to 1, in radians.",
                        StrictMath::acos,
                        1,
                        "0"),
                unary(
                        "ATAN",
                        "The angle whose tangent is x, in radians.",
                        StrictMath::atan,
                        1,
                        "0.7853981633974483"),
                unary("SINH", "The hyperbolic sine.", StrictMath::sinh, 0, "0"),
                unary("COSH", "The hyperbolic cosine.", StrictMath::cosh, 0, "1"),
                unary("TANH", "The hyperbolic tangent.", StrictMath::tanh, 0, "0"),
                unary(
                        "DEGREES",
                        "An angle in radians, in degrees.",
                        x -> x * (180 / Math.PI),
                        Math.PI,
                        "180"),
                unary(
                        "RADIANS",
                        "An angle in degrees, in radians.",
                        x -> x * (Math.PI / 180),
                        180,
                        "3.141592653589793"));
    }

    private static List<FunctionDefinition> others() {
        return List.of(
                define(
                                "LOG(base, x)",
                                "The logarithm of x to a base; both must be positive, and the base not 1.")
                        .takes(DOUBLE, DOUBLE, DOUBLE)
                        .example("3", literal(2.0), literal(8.0))
                        .computes((RowKernel.ToDouble) MathFunctions::log),
                define(
                                "POWER(x, y)",
                                "x to the power of y; fails where that is not a real number, as for POWER(-8, 0.5).")
                        .takes(DOUBLE, DOUBLE, DOUBLE)
                        .example("8", literal(2.0), literal(3.0))
                        .computes((RowKernel.ToDouble) MathFunctions::power),
                define("ATAN2(y, x)", "The angle of the point (x, y) in radians.")
                        .takes(DOUBLE, DOUBLE, DOUBLE)
                        .example("0.7853981633974483", literal(1.0), literal(1.0))
                        .computes((RowKernel.ToDouble)
                                a -> StrictMath.atan2(a.doubleAt(0), a.doubleAt(1))),
                define("PI()", "The number pi.")
                        .takes(DOUBLE)
                        .example("3.141592653589793")
                        .means(arguments -> literal(Math.PI)),
                define("MOD(a, b)", "The remainder of a / b, with the sign of a; as a % b.")
                        .typed(NumberTypes::modulo)
                        .example("-1", literal(-7), literal(3))
                        .example("0.5", literal(7.5), literal(1.0))
                        .means(arguments -> Expressions.arithmetic(
                                ArithmeticOperator.MODULO, arguments.get(0), arguments.get(1))));
    }

    /** A function of one DOUBLE; fails where {@code operator} gives NaN for a number. */
    private static FunctionDefinition unary(
            String name,
            String description,
            DoubleUnaryOperator operator,
            double example,
            String expected) {
        return define(name + "(x)", description)
                .takes(DOUBLE, DOUBLE)
                .example(expected, literal(example))
                .computes((RowKernel.ToDouble) a -> {
                    double x = a.doubleAt(0);
                    return defined(operator.applyAsDouble(x), Double.isNaN(x), a);
                });
    }

    private static FunctionDefinition logarithm(
            String name,
            String noun,
            DoubleUnaryOperator operator,
            double example,
            String expected) {
        return define(name + "(x)", "The " + noun + "; x must be positive.")
                .takes(DOUBLE, DOUBLE)
                .example(expected, literal(example))
                .computes((RowKernel.ToDouble) a -> {
                    double x = a.doubleAt(0);
                    if (x <= 0) {
                        a.fail(OUTSIDE_DOMAIN);
                        return 0;
                    }
                    return operator.applyAsDouble(x);
                });
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.MATH, syntax, description);
    }

    /** Exact for powers of two, which the quotient of two logarithms is not. */
    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        return exponent >= Double.MIN_EXPONENT
                        && exponent <= Double.MAX_EXPONENT
                        && x == StrictMath.scalb(1.0, exponent)
                ? exponent
                : StrictMath.log(x) / LN_2;
    }

    private static double log(Arguments a) {
        double base = a.doubleAt(0);
        double x = a.doubleAt(1);
        if (base <= 0 || base == 1 || x <= 0) {
            a.fail(OUTSIDE_DOMAIN);
            return 0;
        }
        if (base == 10) {
            return StrictMath.log10(x);
        }
        return base == 2 ? log2(x) : StrictMath.log(x) / StrictMath.log(base);
    }

    private static double power(Arguments a) {
        double x = a.doubleAt(0);
        double y = a.doubleAt(1);
        if (x == 0 && y < 0) {
            a.fail(OUTSIDE_DOMAIN);
            return 0;
        }
        return defined(StrictMath.pow(x, y), Double.isNaN(x) || Double.isNaN(y), a);
    }

    private static double defined(double result, boolean nanExpected, Arguments a) {
        if (Double.isNaN(result) && !nanExpected) {
            a.fail(OUTSIDE_DOMAIN);
        }
        return result;
    }
}
