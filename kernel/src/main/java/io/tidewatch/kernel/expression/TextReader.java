package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Reads values of other types from UTF-8 text, as CAST does: spaces around the value are ignored, letters may be of either
 * case, and the whole text must be of the form. Each {@code read…} returns whether it was, and leaves the value in {@link
 * #value()} or {@link #doubleValue()}.
 */
final class TextReader {
    private static final int POWER_OF_TEN_EXACT_MAX = 22;
    private static final double[] POWERS_OF_TEN = {
        1E0, 1E1, 1E2, 1E3, 1E4, 1E5, 1E6, 1E7, 1E8, 1E9, 1E10, 1E11, 1E12, 1E13, 1E14, 1E15, 1E16,
        1E17, 1E18, 1E19, 1E20, 1E21, 1E22
    };
    private static final int EXPONENT_MAX = 100_000;
    private static final int FIFTEEN_DIGITS = 15;
    private static final int EXPONENT_DIGITS_MAX = 9;

    private byte[] bytes = new byte[0];
    private int position;
    private int end;
    private long value;
    private double doubleValue;

    /** What the last successful {@code read…} other than {@link #readDouble} found, as a column holds it. */
    long value() {
        return value;
    }

    double doubleValue() {
        return doubleValue;
    }

    /** An optional sign and digits. */
    boolean readBigint(byte[] source, int start, int length) {
        start(source, start, length);
        boolean negative = sign();
        return digits(negative, Integer.MAX_VALUE) > 0 && position == end;
    }

    /** An optional sign, digits with at most one point, and perhaps an exponent; rounded half up to {@code scale}. */
    boolean readDecimal(byte[] source, int start, int length, int precision, int scale) {
        start(source, start, length);
        if (!isNumber()) {
            return false;
        }
        BigDecimal number = new BigDecimal(new String(bytes, position, end - position, US_ASCII));
        if (number.signum() == 0) {
            value = 0;
            return true;
        }
        long magnitude = (long) number.precision() - number.scale();
        if (magnitude > precision - scale) {
            return false;
        }
        if (magnitude < -scale - 1) {
            value = 0;
            return true;
        }
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision && rounded.signum() != 0) {
            return false;
        }
        value = rounded.unscaledValue().longValueExact();
        return true;
    }

    /** Like a decimal, or NaN, Infinity and -Infinity; the nearest double, which must not be infinity. */
    boolean readDouble(byte[] source, int start, int length) {
        start(source, start, length);
        if (readShortDouble()) {
            return true;
        }
        if (isNumber()) {
            doubleValue = Double.parseDouble(new String(bytes, position, end - position, US_ASCII));
            return !Double.isInfinite(doubleValue);
        }
        if (isWord("NAN")) {
            doubleValue = Double.NaN;
            return true;
        }
        boolean negative = sign();
        doubleValue = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return isWord("INFINITY");
    }

    /** TRUE or FALSE; {@link #value()} is 1 or 0. */
    boolean readBoolean(byte[] source, int start, int length) {
        start(source, start, length);
        value = isWord("TRUE") ? 1 : 0;
        return value == 1 || isWord("FALSE");
    }

    /** {@code yyyy-MM-dd}, perhaps with {@code HH:mm[:ss[.fraction]]} after a space or a T, perhaps with an offset. */
    boolean readTimestamp(byte[] source, int start, int length) {
        start(source, start, length);
        int yearDigits = digits(false, 4);
        long year = value;
        if (yearDigits != 4 || !take('-') || digits(false, 2) != 2) {
            return false;
        }
        int month = (int) value;
        if (!take('-') || digits(false, 2) != 2 || month < 1 || month > 12) {
            return false;
        }
        int day = (int) value;
        if (day < 1 || day > Calendar.daysInMonth(year, month)) {
            return false;
        }
        long days = Calendar.daysOf(year, month, day);
        long millis = 0;
        if (position < end) {
            if (!take('T') && !take('t') && !take(' ') || !clock(23) || !offset()) {
                return false;
            }
            millis = value;
        }
        return position == end && addDays(days, millis) && Calendar.isTimestamp(value);
    }

    /** {@code d HH:mm:ss[.fraction]} with an optional sign. */
    boolean readInterval(byte[] source, int start, int length) {
        start(source, start, length);
        boolean negative = sign();
        if (digits(false, 18) == 0) {
            return false;
        }
        long days = value;
        if (!take(' ') || !clock(23) || position < end) {
            return false;
        }
        return addDays(negative ? -days : days, negative ? -value : value);
    }

    /** {@code y-mm} with an optional sign. */
    boolean readMonths(byte[] source, int start, int length) {
        start(source, start, length);
        boolean negative = sign();
        if (digits(false, 18) == 0) {
            return false;
        }
        long years = negative ? -value : value;
        int monthDigits = take('-') ? digits(false, 2) : 0;
        if (monthDigits == 0 || value > 11 || position < end) {
            return false;
        }
        return add(years, 12, negative ? -value : value);
    }

    private void start(byte[] source, int start, int length) {
        bytes = source;
        position = start;
        end = start + length;
        while (position < end && bytes[position] == ' ') {
            position++;
        }
        while (end > position && bytes[end - 1] == ' ') {
            end--;
        }
    }

    private boolean sign() {
        boolean negative = position < end && bytes[position] == '-';
        if (negative || position < end && bytes[position] == '+') {
            position++;
        }
        return negative;
    }

    private boolean take(char expected) {
        boolean taken = position < end && bytes[position] == expected;
        position += taken ? 1 : 0;
        return taken;
    }

    /**
     * Digits into {@link #value}, negative if so asked.
     *
     * @return how many there were, or 0 if there were none, more than {@code countMax}, or the number does not fit
     */
    private int digits(boolean negative, int countMax) {
        int start = position;
        long sum = 0;
        while (position < end && isDigit(bytes[position])) {
            int digit = bytes[position++] - '0';
            // The sum is kept negative, because Long.MIN_VALUE has no positive counterpart.
            if (sum < Long.MIN_VALUE / 10 || sum * 10 < Long.MIN_VALUE + digit) {
                return 0;
            }
            sum = sum * 10 - digit;
        }
        int count = position - start;
        if (count > countMax || !negative && sum == Long.MIN_VALUE) {
            return 0;
        }
        value = negative ? sum : -sum;
        return count;
    }

    /** {@code HH:mm[:ss[.fraction]]} as milliseconds into {@link #value}; digits beyond the third are cut off. */
    private boolean clock(int hourMax) {
        if (digits(false, 2) != 2 || value > hourMax) {
            return false;
        }
        long minutes = value * 60;
        if (!take(':') || digits(false, 2) != 2 || value > 59) {
            return false;
        }
        long millis = (minutes + value) * 60_000;
        if (take(':')) {
            if (digits(false, 2) != 2 || value > 59) {
                return false;
            }
            millis += value * 1_000;
            if (take('.')) {
                int count = digits(false, EXPONENT_DIGITS_MAX);
                if (count == 0) {
                    return false;
                }
                for (; count < 3; count++) {
                    value *= 10;
                }
                for (; count > 3; count--) {
                    value /= 10;
                }
                millis += value;
            }
        }
        value = millis;
        return true;
    }

    /** Nothing, {@code Z}, or {@code ±HH:mm}, which is subtracted from {@link #value}. */
    private boolean offset() {
        if (position == end || take('Z') || take('z')) {
            return true;
        }
        long local = value;
        boolean negative = bytes[position] == '-';
        if (!take('+') && !take('-') || !clockOffset()) {
            return false;
        }
        value = negative ? local + value : local - value;
        return true;
    }

    private boolean clockOffset() {
        if (digits(false, 2) != 2 || value > 23) {
            return false;
        }
        long minutes = value * 60;
        if (!take(':') || digits(false, 2) != 2 || value > 59) {
            return false;
        }
        value = (minutes + value) * 60_000;
        return true;
    }

    private boolean addDays(long days, long millis) {
        return add(days, Calendar.MILLIS_PER_DAY, millis);
    }

    /** {@code count·unit + rest} into {@link #value}, if it fits. */
    private boolean add(long count, long unit, long rest) {
        long product = count * unit;
        value = product + rest;
        return Math.multiplyHigh(count, unit) == product >> 63
                && ((product ^ value) & (rest ^ value)) >= 0;
    }

    /** Up to 15 digits and a small negative power of ten: both are exact, so one division rounds correctly. */
    private boolean readShortDouble() {
        int i = position;
        boolean negative = i < end && bytes[i] == '-';
        i += negative ? 1 : 0;
        long mantissa = 0;
        int count = 0;
        int scale = 0;
        boolean point = false;
        for (; i < end; i++) {
            byte next = bytes[i];
            if (isDigit(next)) {
                mantissa = mantissa * 10 + (next - '0');
                count++;
                scale += point ? 1 : 0;
                if (count > FIFTEEN_DIGITS) {
                    return false;
                }
            } else if (next == '.' && !point) {
                point = true;
            } else {
                return false;
            }
        }
        if (count == 0 || scale > POWER_OF_TEN_EXACT_MAX) {
            return false;
        }
        double magnitude = mantissa / POWERS_OF_TEN[scale];
        doubleValue = negative ? -magnitude : magnitude;
        return true;
    }

    /** Whether the rest is a decimal number with at least one digit, perhaps with an exponent of bounded size. */
    private boolean isNumber() {
        int i = position;
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        int count = 0;
        boolean point = false;
        while (i < end && (isDigit(bytes[i]) || bytes[i] == '.' && !point)) {
            point |= bytes[i] == '.';
            count += bytes[i] == '.' ? 0 : 1;
            i++;
        }
        if (count == 0 || i == end) {
            return count > 0;
        }
        return (bytes[i] == 'e' || bytes[i] == 'E') && isExponent(i + 1);
    }

    private boolean isExponent(int from) {
        int i = from;
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        int first = i;
        long exponent = 0;
        while (i < end && isDigit(bytes[i]) && exponent <= EXPONENT_MAX) {
            exponent = exponent * 10 + (bytes[i++] - '0');
        }
        return i == end && i > first && exponent <= EXPONENT_MAX;
    }

    private boolean isWord(String upperCase) {
        if (end - position != upperCase.length()) {
            return false;
        }
        for (int i = 0; i < upperCase.length(); i++) {
            byte next = bytes[position + i];
            int upper = next >= 'a' && next <= 'z' ? next - 32 : next;
            if (upper != upperCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }
}
