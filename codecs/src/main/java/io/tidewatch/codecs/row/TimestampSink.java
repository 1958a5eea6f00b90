package io.tidewatch.codecs.row;

import io.tidewatch.codecs.time.TimeReader;

/** TIMESTAMP, in the field's time format. */
final class TimestampSink extends LongSink {
    private final TimeReader reader;

    TimestampSink(TimeReader reader, SpareArrays spare) {
        super(spare);
        this.reader = reader;
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        long millis = reader.read(bytes, start, end);
        set(row, millis);
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
}
