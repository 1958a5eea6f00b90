package io.tidewatch.alerting.template;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers with units, in the forms that Prometheus' functions of these names have. */
final class HumanText {
    private static final int DIGITS = 4;
    private static final String[] LARGE = {"", "k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final String[] LARGE_BINARY = {"", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"
    };
    private static final String[] SMALL = {"", "m", "u", "n", "p", "f", "a", "z", "y"};
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal BINARY_THOUSAND = BigDecimal.valueOf(1024);
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int PERCENT_SHIFT = 2;

    private HumanText() {}

    /** {@code 1234567} as {@code 1.235M}, {@code 0.0012} as {@code 1.2m}. */
    static String humanize(BigDecimal value) {
        return value.abs().compareTo(BigDecimal.ONE) >= 0
                ? large(value, THOUSAND, LARGE)
                : small(value);
    }

    /** {@code 2048} as {@code 2ki}; without small prefixes. */
    static String humanize1024(BigDecimal value) {
        return value.abs().compareTo(BigDecimal.ONE) > 0
                ? large(value, BINARY_THOUSAND, LARGE_BINARY)
                : NumberText.general(value, DIGITS);
    }

    /** {@code 0.1234} as {@code 12.34%}. */
    static String humanizePercentage(BigDecimal value) {
        return NumberText.general(value.scaleByPowerOfTen(PERCENT_SHIFT), DIGITS) + "%";
    }

    /** Seconds as {@code 1d 2h 3m 4s}, below a minute as {@code 4.5s}, below a second as {@code 12ms}. */
    static String humanizeDuration(BigDecimal seconds) {
        if (seconds.signum() == 0) {
            return "0s";
        }
        BigDecimal magnitude = seconds.abs();
        if (magnitude.compareTo(BigDecimal.ONE) < 0) {
            return small(seconds) + "s";
        }
        String sign = seconds.signum() < 0 ? "-" : "";
        if (magnitude.compareTo(MINUTE) < 0) {
            return sign + NumberText.general(magnitude, DIGITS) + "s";
        }
        return sign + days(magnitude.setScale(0, RoundingMode.DOWN));
    }

    private static String days(BigDecimal magnitude) {
        BigDecimal[] split = magnitude.divideAndRemainder(BigDecimal.valueOf(SECONDS_PER_DAY));
        int rest = split[1].intValue();
        String time = rest % SECONDS_PER_HOUR / SECONDS_PER_MINUTE + "m "
                + rest % SECONDS_PER_MINUTE + "s";
        if (split[0].signum() > 0) {
            return split[0].toPlainString() + "d " + rest / SECONDS_PER_HOUR + "h " + time;
        }
        return rest >= SECONDS_PER_HOUR ? rest / SECONDS_PER_HOUR + "h " + time : time;
    }

    private static String large(BigDecimal value, BigDecimal step, String[] prefixes) {
        BigDecimal divisor = BigDecimal.ONE;
        int prefix = 0;
        while (prefix < prefixes.length - 1 && value.abs().compareTo(divisor.multiply(step)) >= 0) {
            divisor = divisor.multiply(step);
            prefix++;
        }
        // Powers of 10 and of 2 divide every decimal without a rest.
        BigDecimal scaled = value.divide(divisor);
        return NumberText.general(scaled, DIGITS) + prefixes[prefix];
    }

    private static String small(BigDecimal value) {
        int prefix = 0;
        BigDecimal scaled = value;
        while (scaled.signum() != 0
                && prefix < SMALL.length - 1
                && scaled.abs().compareTo(BigDecimal.ONE) < 0) {
            scaled = scaled.multiply(THOUSAND);
            prefix++;
        }
        return NumberText.general(scaled, DIGITS) + SMALL[prefix];
    }
}
