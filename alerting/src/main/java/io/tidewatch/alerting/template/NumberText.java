package io.tidewatch.alerting.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers in the forms %f, %e and %g of C and Go, rounded from the exact value, half to even. Nothing here goes through
 * {@link Double#toString(double)} or {@code String.format}, whose digits differ between versions of Java.
 */
final class NumberText {
    /** Digits after the point that %f and %e have without a precision. */
    static final int PRECISION_DEFAULT = 6;

    private static final int GENERAL_EXPONENT_MIN = -4;
    private static final int EXPONENT_DIGITS_MIN = 2;

    private NumberText() {}

    /** %f: {@code 1234.50}. */
    static String fixed(BigDecimal value, int precision) {
        return value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** %e: {@code 1.2345e+03}. */
    static String exponential(BigDecimal value, int precision) {
        BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().abs().toString();
        int exponent = value.signum() == 0 ? 0 : digits.length() - 1 - rounded.scale();
        StringBuilder out = new StringBuilder(value.signum() < 0 ? "-" : "");
        out.append(digits.charAt(0));
        if (precision > 0) {
            out.append('.');
            for (int i = 1; i <= precision; i++) {
                out.append(i < digits.length() ? digits.charAt(i) : '0');
            }
        }
        return out.append(exponentText(exponent)).toString();
    }

    /** %g: the shorter look of the two, of so many digits at most, without zeros at the end. */
    static String general(BigDecimal value, int precision) {
        if (value.signum() == 0) {
            return "0";
        }
        int digits = Math.max(1, precision);
        BigDecimal rounded =
                value.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = rounded.precision() - 1 - rounded.scale();
        return exponent < GENERAL_EXPONENT_MIN || exponent >= digits
                ? exponential(rounded, rounded.precision() - 1)
                : rounded.toPlainString();
    }

    private static String exponentText(int exponent) {
        String digits = Integer.toString(Math.abs(exponent));
        return (exponent < 0 ? "e-" : "e+")
                + "0".repeat(Math.max(0, EXPONENT_DIGITS_MIN - digits.length()))
                + digits;
    }
}
