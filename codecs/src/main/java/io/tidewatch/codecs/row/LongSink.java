package io.tidewatch.codecs.row;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import java.util.Arrays;

/** Values of which each is a {@code long} in the column. */
abstract sealed class LongSink extends ValueSink permits BigintSink, DecimalSink, TimestampSink {
    private long[] values = {};

    LongSink(SpareArrays spare) {
        super(spare);
    }

    final void set(int row, long value) {
        values[row] = value;
    }

    final long[] values() {
        return values;
    }

    @Override
    final void begin(int newCapacity, byte[] buffer) {
        super.begin(newCapacity, buffer);
        values = spare().longs(newCapacity);
    }

    @Override
    final void growValues(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    final void clearValue(int row) {
        values[row] = 0;
    }

    @Override
    final void releaseValues(Column column) {
        spare().release(((LongColumn) column).values());
    }

    @Override
    final Column build(int rowCount, byte[] buffer) {
        return new LongColumn(rowCount, values, nulls());
    }
}
