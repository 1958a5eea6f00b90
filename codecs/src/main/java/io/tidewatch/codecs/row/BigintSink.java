package io.tidewatch.codecs.row;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import java.util.Arrays;

/** BIGINT: whole numbers of 64 bits, also when they are written like 1e3 or 1.0. */
final class BigintSink extends ValueSink {
    private static final int FAST_DIGITS_MAX = 18;

    private final DecimalText decimal = new DecimalText();
    private long[] values = {};

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        return digits(row, bytes, start, end) || (decimal.parse(bytes, start, end) && set(row));
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return decimal.parseJson(bytes, start, end) && set(row);
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
        values[row] = first > start ? -value : value;
        return true;
    }

    private boolean set(int row) {
        if (!decimal.isWhole(0) || !decimal.fitsLong(0)) {
            return false;
        }
        values[row] = decimal.toLong(0);
        return true;
    }

    @Override
    String expectation() {
        return "a whole number of 64 bits";
    }

    @Override
    void begin(int newCapacity, byte[] buffer) {
        super.begin(newCapacity, buffer);
        values = new long[newCapacity];
    }

    @Override
    void growValues(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    Column build(int rowCount, byte[] buffer) {
        return new LongColumn(rowCount, values, nulls());
    }
}
