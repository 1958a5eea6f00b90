package io.tidewatch.codecs.row;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A decimal number read from text: sign, up to 19 significant digits without trailing zeros, and a power of ten. Reused
 * from one number to the next.
 */
final class DecimalText {
    private static final int DIGITS_MAX = 19;
    private static final int EXPONENT_MAX = 1_000_000;
    private static final long DOUBLE_EXACT_MAX = 1L << 53;
    private static final double[] DOUBLE_POWERS = doublePowers();
    private static final long[] LONG_POWERS = longPowers();

    private boolean negative;
    /** The digits as an unsigned number. */
    private long mantissa;

    private int digitCount;
    private long exponent;
    private boolean tooLong;
    private int zeros;

    private byte[] bytes = {};
    private int start;
    private int end;

    /** Reads a number in JSON's grammar. */
    boolean parseJson(byte[] text, int from, int to) {
        int at = from < to && text[from] == '-' ? from + 1 : from;
        boolean leadingZero = at + 1 < to && text[at] == '0' && isDigit(text[at + 1]);
        boolean pointAtEdge = at < to && (!isDigit(text[at]) || text[to - 1] == '.');
        return !leadingZero && !pointAtEdge && parse(text, from, to) && !hasBarePoint(at);
    }

    /** Whether a point is followed by something else than a digit. */
    private boolean hasBarePoint(int from) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '.') {
                return !isDigit(bytes[i + 1]);
            }
        }
        return false;
    }

    /** Reads a number that may also have a plus sign, leading zeros, and a point at either edge. */
    boolean parse(byte[] text, int from, int to) {
        bytes = text;
        start = from;
        end = to;
        mantissa = 0;
        digitCount = 0;
        exponent = 0;
        tooLong = false;
        zeros = 0;
        int at = from;
        negative = at < to && text[at] == '-';
        if (at < to && (negative || text[at] == '+')) {
            at++;
        }
        int integerEnd = digits(at);
        int digits = integerEnd - at;
        at = integerEnd;
        if (at < to && text[at] == '.') {
            int fractionEnd = digits(at + 1);
            exponent -= fractionEnd - at - 1;
            digits += fractionEnd - at - 1;
            at = fractionEnd;
        }
        if (digits == 0) {
            return false;
        }
        exponent += zeros;
        return at == to || exponentPart(at);
    }

    private int digits(int from) {
        int at = from;
        for (; at < end && isDigit(bytes[at]); at++) {
            int digit = bytes[at] - '0';
            if (digit == 0) {
                zeros += digitCount == 0 ? 0 : 1;
                continue;
            }
            append(digit);
        }
        return at;
    }

    private void append(int digit) {
        digitCount += zeros + 1;
        if (digitCount > DIGITS_MAX) {
            tooLong = true;
        } else {
            mantissa = mantissa * LONG_POWERS[zeros + 1] + digit;
        }
        zeros = 0;
    }

    private boolean exponentPart(int from) {
        int at = from;
        if ((bytes[at] | 0x20) != 'e') {
            return false;
        }
        at++;
        boolean down = at < end && bytes[at] == '-';
        if (at < end && (down || bytes[at] == '+')) {
            at++;
        }
        int value = 0;
        int first = at;
        for (; at < end && isDigit(bytes[at]); at++) {
            value = Math.min(EXPONENT_MAX, value * 10 + (bytes[at] - '0'));
        }
        exponent += down ? -value : value;
        return at == end && at > first;
    }

    /** Whether the number times 10^{@code scale} is whole. */
    boolean isWhole(int scale) {
        return mantissa == 0 || (exponent + scale >= 0);
    }

    /** Whether the number times 10^{@code scale}, which is whole, is of at most 18 digits or fits a {@code long}. */
    boolean fitsLong(int scale) {
        if (mantissa == 0) {
            return true;
        }
        long power = exponent + scale;
        if (tooLong || power > 18 || digitCount + power > DIGITS_MAX) {
            return false;
        }
        long high = Math.multiplyHigh(mantissa, LONG_POWERS[(int) power]);
        long low = mantissa * LONG_POWERS[(int) power];
        boolean isLeast = negative && low == Long.MIN_VALUE && mantissa > 0 && high == 0;
        return mantissa > 0
                ? (high == 0 && low >= 0) || isLeast
                : negative && low == Long.MIN_VALUE;
    }

    /** The number times 10^{@code scale}, which is whole and fits. */
    long toLong(int scale) {
        if (mantissa == 0) {
            return 0;
        }
        long value = mantissa * LONG_POWERS[(int) (exponent + scale)];
        return negative ? -value : value;
    }

    /** The nearest double, ties to even; infinite when the number is beyond all of them. */
    double toDouble() {
        if (mantissa == 0 && !tooLong) {
            return negative ? -0.0 : 0.0;
        }
        boolean exact = !tooLong && mantissa > 0 && mantissa <= DOUBLE_EXACT_MAX;
        if (exact && exponent >= -22 && exponent <= 22) {
            double power = DOUBLE_POWERS[(int) Math.abs(exponent)];
            double value = exponent < 0 ? mantissa / power : mantissa * power;
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(bytes, start, end - start, ISO_8859_1));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static double[] doublePowers() {
        double[] powers = new double[23];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    private static long[] longPowers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
