package io.tidewatch.codecs.row;

import io.tidewatch.codecs.time.TimeReader;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import java.util.Arrays;

/** TIMESTAMP, in the field's time format. */
final class TimestampSink extends ValueSink {
    private final TimeReader reader;
    private long[] values = {};

    TimestampSink(TimeReader reader) {
        this.reader = reader;
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        long millis = reader.read(bytes, start, end);
        values[row] = millis;
        return millis != TimeReader.UNREADABLE;
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    boolean number(int row, byte[] bytes, int start, int end) {
        return reader.readsNumbers() && text(row, bytes, start, end);
    }

    @Override
    boolean literal(int row, boolean value, byte[] bytes, int start, int end) {
        return false;
    }

    @Override
    String expectation() {
        return reader.expectation() + ", from year 1 to 9999";
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

    long[] values() {
        return values;
    }
}
