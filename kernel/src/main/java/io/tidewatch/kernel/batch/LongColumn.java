package io.tidewatch.kernel.batch;

import org.jspecify.annotations.Nullable;

/** BIGINT, DECIMAL (unscaled), TIMESTAMP and INTERVAL (milliseconds), INTERVAL_MONTH (months). */
public final class LongColumn extends Column {
    private final long[] values;

    /** Wraps the arrays, which the caller must not change afterwards. */
    public LongColumn(int rowCount, long[] values, boolean @Nullable [] nulls) {
        super(rowCount, values.length, nulls);
        this.values = values;
    }

    public LongColumn(long... values) {
        this(values.length, values, null);
    }

    /** The values, not to be changed. */
    public long[] values() {
        return values;
    }

    public long value(int row) {
        return values[row];
    }
}
