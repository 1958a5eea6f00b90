package io.tidewatch.codecs.row;

/** BIGINT: whole numbers of 64 bits, also when they are written like 1e3 or 1.0. */
final class BigintSink extends LongSink {
    private static final int FAST_DIGITS_MAX = 18;

    private final DecimalText decimal = new DecimalText();

    BigintSink(SpareArrays spare) {
        super(spare);
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        return digits(row, bytes, start, end)
                || (decimal.parse(bytes, start, end) && takeDecimal(row));
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return decimal.parseJson(bytes, start, end) && takeDecimal(row);
    }

    @Override
    boolean number(int row, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    boolean literal(int row, boolean value, byte[] bytes, int start, int end) {
        return false;
    }

    private boolean digits(int row, byte[] bytes, int start, int end) {
        int first = start < end && bytes[start] == '-' ? start + 1 : start;
        if (end - first < 1 || end - first > FAST_DIGITS_MAX) {
            return false;
        }
        long value = 0;
        for (int at = first; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        set(row, first > start ? -value : value);
        return true;
    }

    private boolean takeDecimal(int row) {
        if (!decimal.isWhole(0) || !decimal.fitsLong(0)) {
            return false;
        }
        set(row, decimal.toLong(0));
        return true;
    }

    @Override
    String expectation() {
        return "a whole number of 64 bits";
    }
}
