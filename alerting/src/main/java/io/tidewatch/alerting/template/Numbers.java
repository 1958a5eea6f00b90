package io.tidewatch.alerting.template;

import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;

/** Values as exact numbers. */
final class Numbers {
    private static final int MILLIS_DIGITS = 3;

    private Numbers() {}

    /** Whether values of a type are numbers, or stand for one in seconds. */
    static boolean isNumber(Type type) {
        return switch (type.kind()) {
            case BIGINT, DOUBLE, DECIMAL, TIMESTAMP, INTERVAL -> true;
            case BOOLEAN, VARCHAR, INTERVAL_MONTH -> false;
        };
    }

    /** Whether a value is NaN or infinite. */
    static boolean isSpecial(Object value) {
        return value instanceof Double number && (number.isNaN() || number.isInfinite());
    }

    /** {@code NaN}, {@code +Inf} or {@code -Inf}. */
    static String specialText(Object value) {
        double number = (Double) value;
        return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }

    /** A finite value; times and intervals in seconds. */
    static BigDecimal toDecimal(Type type, Object value) {
        return switch (type.kind()) {
            case BIGINT -> BigDecimal.valueOf((Long) value);
            case DOUBLE -> new BigDecimal((Double) value);
            case DECIMAL -> (BigDecimal) value;
            case TIMESTAMP, INTERVAL -> BigDecimal.valueOf((Long) value, MILLIS_DIGITS);
            case BOOLEAN, VARCHAR, INTERVAL_MONTH ->
                throw new IllegalArgumentException("type: " + type + " (expected: a number)");
        };
    }
}
