package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.DOUBLE;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of DOUBLE, computed by {@link StrictMath} and so equal on every machine. An argument outside the domain of a
 * function fails; NaN gives NaN.
 */
final class MathFunctions {
    private static final String OUTSIDE_DOMAIN = "argument outside the domain";
    private static final double LN_2 = StrictMath.log(2);

    private MathFunctions() {}

    static List<FunctionDefinition> all() {
        return List.of(
                define("SQRT(x)", "The square root; x must not be negative.")
                        .takes(DOUBLE, DOUBLE)
                        .example("1.5", literal(2.25))
                        .computes(unary(StrictMath::sqrt)),
                define("CBRT(x)", "The cube root.")
                        .takes(DOUBLE, DOUBLE)
                        .example("-3", literal(-27.0))
                        .computes(unary(StrictMath::cbrt)),
                define("EXP(x)", "e to the power of x.")
                        .takes(DOUBLE, DOUBLE)
                        .example("1", literal(0.0))
                        .computes(unary(StrictMath::exp)),
                define("LN(x)", "The natural logarithm; x must be positive.")
                        .takes(DOUBLE, DOUBLE)
                        .example("0", literal(1.0))
                        .computes(logarithm(StrictMath::log)),
                define("LOG10(x)", "The logarithm to base 10; x must be positive.")
                        .takes(DOUBLE, DOUBLE)
                        .example("3", literal(1000.0))
                        .computes(logarithm(StrictMath::log10)),
                define("LOG2(x)", "The logarithm to base 2; x must be positive.")
                        .takes(DOUBLE, DOUBLE)
                        .example("10", literal(1024.0))
                        .computes(logarithm(MathFunctions::log2)),
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
                define("SIN(x)", "The sine of an angle in radians.")
                        .takes(DOUBLE, DOUBLE)
                        .example("0", literal(0.0))
                        .computes(unary(StrictMath::sin)),
                define("COS(x)", "The cosine of an angle in radians.")
                        .takes(DOUBLE, DOUBLE)
                        .example("1", literal(0.0))
                        .computes(unary(StrictMath::cos)),
                define("TAN(x)", "The tangent of an angle in radians.")
                        .takes(DOUBLE, DOUBLE)
                        .example("0", literal(0.0))
                        .computes(unary(StrictMath::tan)),
                define("ASIN(x)", "The angle whose sine is x, from -1 to 1, in radians.")
                        .takes(DOUBLE, DOUBLE)
                        .example("1.5707963267948966", literal(1.0))
                        .computes(unary(StrictMath::asin)),
                define("ACOS(x)", "The angle whose cosine is x, from -1 to 1, in radians.")
                        .takes(DOUBLE, DOUBLE)
                        .example("0", literal(1.0))
                        .computes(unary(StrictMath::acos)),
                define("ATAN(x)", "The angle whose tangent is x, in radians.")
                        .takes(DOUBLE, DOUBLE)
                        .example("0.7853981633974483", literal(1.0))
                        .computes(unary(StrictMath::atan)),
                define("ATAN2(y, x)", "The angle of the point (x, y) in radians.")
                        .takes(DOUBLE, DOUBLE, DOUBLE)
                        .example("0.7853981633974483", literal(1.0), literal(1.0))
                        .computes((RowKernel.ToDouble)
                                a -> StrictMath.atan2(a.doubleAt(0), a.doubleAt(1))),
                define("SINH(x)", "The hyperbolic sine.")
                        .takes(DOUBLE, DOUBLE)
                        .example("0", literal(0.0))
                        .computes(unary(StrictMath::sinh)),
                define("COSH(x)", "The hyperbolic cosine.")
                        .takes(DOUBLE, DOUBLE)
                        .example("1", literal(0.0))
                        .computes(unary(StrictMath::cosh)),
                define("TANH(x)", "The hyperbolic tangent.")
                        .takes(DOUBLE, DOUBLE)
                        .example("0", literal(0.0))
                        .computes(unary(StrictMath::tanh)),
                define("DEGREES(x)", "An angle in radians, in degrees.")
                        .takes(DOUBLE, DOUBLE)
                        .example("180", literal(Math.PI))
                        .computes(unary(x -> x * (180 / Math.PI))),
                define("RADIANS(x)", "An angle in degrees, in radians.")
                        .takes(DOUBLE, DOUBLE)
                        .example("3.141592653589793", literal(180.0))
                        .computes(unary(x -> x * (Math.PI / 180))),
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

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.MATH, syntax, description);
    }

    private static RowKernel unary(DoubleUnaryOperator operator) {
        return (RowKernel.ToDouble) a -> {
            double x = a.doubleAt(0);
            return defined(operator.applyAsDouble(x), Double.isNaN(x), a);
        };
    }

    private static RowKernel logarithm(DoubleUnaryOperator operator) {
        return (RowKernel.ToDouble) a -> {
            double x = a.doubleAt(0);
            if (x <= 0) {
                a.fail(OUTSIDE_DOMAIN);
                return 0;
            }
            return operator.applyAsDouble(x);
        };
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
