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
    private final SpareArrays spare;
    private boolean @Nullable [] nulls;
    private int capacity;

    ValueSink(SpareArrays spare) {
        this.spare = spare;
    }

    static ValueSink of(FieldSpec field, TimeFormat defaultTimeFormat, SpareArrays spare) {
        return switch (field.type().kind()) {
            case BOOLEAN -> new BooleanSink(spare);
            case BIGINT -> new BigintSink(spare);
            case DOUBLE -> new DoubleSink(spare);
            case DECIMAL -> new DecimalSink(field.type(), spare);
            case VARCHAR -> new VarcharSink(spare);
            case TIMESTAMP ->
                new TimestampSink(
                        (field.timeFormat() == null ? defaultTimeFormat : field.timeFormat())
                                .reader(),
                        spare);
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

    /** The value of a row that is NULL, which nobody reads but which must not depend on what was there before. */
    abstract void clearValue(int row);

    abstract Column build(int rowCount, byte[] buffer);

    /** Takes back the arrays of a column that was built. */
    final void release(Column column) {
        releaseValues(column);
        spare.release(column.nulls());
    }

    abstract void releaseValues(Column column);

    /** Begins a batch of slices of {@code buffer}, with arrays that no column has. */
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
            nulls = spare.nulls(capacity);
        }
        nulls[row] = true;
        clearValue(row);
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

    final SpareArrays spare() {
        return spare;
    }
}
