package io.tidewatch.kernel.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * DOUBLE as text: the nearest decimal with the fewest digits (of 15, 16 and 17; fewer for subnormal numbers) that reads
 * back as the same number, without trailing zeros. It is the same on every Java version, which {@link
 * Double#toString(double)} is not.
 *
 * <p>Numbers from 1E-6 up to 1E21 (exclusive) are plain ({@code 0.25}, {@code 1500}), others have an exponent ({@code
 * 1E21}, {@code 2.5E-7}). −0.0 is {@code 0}, because it equals 0.0. The rest are {@code NaN}, {@code Infinity} and {@code
 * -Infinity}. Every finite text is also a number in JSON.
 */
public final class DoubleText {
    private static final double PLAIN_MIN = 1E-6;
    private static final double PLAIN_MAX = 1E21;
    /** Up to here every decimal of so many digits has a double of its own, so at most one such decimal reads back. */
    private static final long FIFTEEN_DIGITS = 1_000_000_000_000_000L;

    private static final int SHORT_SCALE_MAX = 9;
    private static final double[] POWERS_OF_TEN = {1E0, 1E1, 1E2, 1E3, 1E4, 1E5, 1E6, 1E7, 1E8, 1E9
    };

    private DoubleText() {}

    public static String toString(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return "0";
        }
        double magnitude = Math.abs(value);
        if (magnitude >= PLAIN_MIN && magnitude < FIFTEEN_DIGITS) {
            for (int scale = 0; scale <= SHORT_SCALE_MAX; scale++) {
                double scaled = magnitude * POWERS_OF_TEN[scale];
                if (scaled >= FIFTEEN_DIGITS) {
                    break;
                }
                long digits = Math.round(scaled);
                if (digits / POWERS_OF_TEN[scale] == magnitude) {
                    return plain(value < 0, digits, scale);
                }
            }
        }
        return text(shortest(value));
    }

    /** Both {@code digits} and the power of ten are exact doubles, so their quotient is what the text reads back as. */
    private static String plain(boolean negative, long digits, int scale) {
        String text = BigDecimal.valueOf(negative ? -digits : digits, scale).toPlainString();
        return text;
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        int first = Math.abs(value) < Double.MIN_NORMAL ? 1 : 15;
        for (int digits = first; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }

    private static String text(BigDecimal value) {
        double magnitude = Math.abs(value.doubleValue());
        if (magnitude >= PLAIN_MIN && magnitude < PLAIN_MAX) {
            return value.toPlainString();
        }
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - value.scale();
        return (value.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "E"
                + exponent;
    }
}
