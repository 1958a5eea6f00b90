package io.tidewatch.codecs.row;

import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.batch.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one field into a column, at the row that the collector says. Every method but {@link #nothing}
 * tells whether the value fits the type; if it does not, what it left in the row is overwritten by the next record.
 */
abstract sealed class ValueSink permits BooleanSink, DoubleSink, LongSink, VarcharSink {
    private boolean @Nullable [] nulls;
    private int capacity;

    static ValueSink of(FieldSpec field, TimeFormat defaultTimeFormat) {
        return switch (field.type().kind()) {
            case BOOLEAN -> new BooleanSink();
            case BIGINT -> new BigintSink();
            case DOUBLE -> new DoubleSink();
            case DECIMAL -> new DecimalSink(field.type());
            case VARCHAR -> new VarcharSink();
            case TIMESTAMP ->
                new TimestampSink(
                        (field.timeFormat() == null ? defaultTimeFormat : field.timeFormat())
                                .reader());
            case INTERVAL, INTERVAL_MONTH ->
                throw new IllegalArgumentException("field '" + field.name() + "' is an interval");
        };
    }

    /** A value of a format without types of its own. */
    abstract boolean text(int row, byte[] bytes, int start, int end);

    /** A JSON string, its escapes decoded. */
    abstract boolean string(int row, byte[] bytes, int start, int end);

    /** A JSON number, its grammar checked. */
    abstract boolean number(int row, byte[] bytes, int start, int end);

    /** A JSON {@code true} or {@code false}. */
    abstract boolean literal(int row, boolean value, byte[] bytes, int start, int end);

    /** A JSON object or array. */
    boolean nested(int row, byte[] bytes, int start, int end) {
        return false;
    }

    /** What was expected, for refusals: {@code a whole number of 64 bits}. */
    abstract String expectation();

    abstract void growValues(int newCapacity);

    abstract Column build(int rowCount, byte[] buffer);

    /** Begins a batch of slices of {@code buffer}, with new arrays. */
    void begin(int newCapacity, byte[] buffer) {
        capacity = newCapacity;
        nulls = null;
    }

    final void grow(int newCapacity) {
        capacity = newCapacity;
        if (nulls != null) {
            nulls = Arrays.copyOf(nulls, newCapacity);
        }
        growValues(newCapacity);
    }

    /** A missing value. */
    final void nothing(int row) {
        if (nulls == null) {
            nulls = new boolean[capacity];
        }
        nulls[row] = true;
    }

    /** Forgets what a refused record left in the row. */
    final void clear(int row) {
        if (nulls != null) {
            nulls[row] = false;
        }
    }

    final boolean @Nullable [] nulls() {
        return nulls;
    }

    final int capacity() {
        return capacity;
    }
}
