package io.tidewatch.testkit.twin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic without rounding, and doubles nearest to its results. */
final class Exact {
    /*
     * Different sums of squares of doubles differ by more than a 10^1300th: with so many digits, what is not halfway between
     * two doubles is not rounded to it.
     */
    private static final MathContext DIGITS = new MathContext(1_400);

    private Exact() {}

    /** A BIGINT, a DECIMAL or a finite DOUBLE. */
    static BigDecimal of(Object value) {
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal((Double) value);
    }

    static BigDecimal sum(List<Object> values) {
        return values.stream().map(Exact::of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal sumOfSquares(List<Object> values) {
        return values.stream()
                .map(value -> of(value).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The sum where not all values are finite; {@code null} where they are. */
    static @Nullable Double special(List<Object> values) {
        double sum = 0;
        for (Object value : values) {
            if (value instanceof Double number && !Double.isFinite(number)) {
                sum += number;
            }
        }
        if (Double.isNaN(sum)) {
            // All NaN have the same bits.
            return Double.NaN;
        }
        return sum == 0 ? null : (Double) sum;
    }

    /** The double nearest to a quotient; zero is +0.0. */
    static double nearest(BigDecimal numerator, BigDecimal denominator) {
        if (numerator.signum() == 0) {
            return 0;
        }
        // What is too small for a double is +0.0, too.
        return Double.parseDouble(numerator.divide(denominator, DIGITS).toString()) + 0.0;
    }

    /** The double nearest to the square root of a quotient. */
    static double nearestRoot(BigDecimal numerator, BigDecimal denominator) {
        BigDecimal quotient = numerator.divide(denominator, DIGITS);
        return Double.parseDouble(quotient.sqrt(DIGITS).toString());
    }
}
