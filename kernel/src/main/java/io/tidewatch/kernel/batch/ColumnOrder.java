package io.tidewatch.kernel.batch;

import java.util.Arrays;

/**
 * The order of values: numbers by size with −0.0 = 0.0 and NaN greatest, FALSE before TRUE, strings by their UTF-8 bytes.
 */
public final class ColumnOrder {
    private ColumnOrder() {}

    /** Compares two rows of a column, neither of which is NULL. */
    public static int compare(Column column, int left, int right) {
        if (column instanceof LongColumn longs) {
            return Long.compare(longs.value(left), longs.value(right));
        }
        if (column instanceof DoubleColumn doubles) {
            return Double.compare(doubles.value(left) + 0.0, doubles.value(right) + 0.0);
        }
        if (column instanceof BooleanColumn booleans) {
            return Boolean.compare(booleans.value(left), booleans.value(right));
        }
        BytesColumn bytes = (BytesColumn) column;
        return Arrays.compareUnsigned(
                bytes.bytes(),
                bytes.start(left),
                bytes.start(left) + bytes.length(left),
                bytes.bytes(),
                bytes.start(right),
                bytes.start(right) + bytes.length(right));
    }
}
