package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of {@link LongColumn}. Reused after {@link #build}, it starts again with arrays of its own. */
public final class LongColumnBuilder extends ColumnBuilder {
    private long[] values;

    public LongColumnBuilder(int capacity) {
        super(capacity);
        values = new long[Math.max(1, capacity)];
    }

    public void append(long value) {
        int row = nextRow();
        if (row == values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[row] = value;
    }

    @Override
    public void appendNull() {
        append(0L);
        markNull();
    }

    @Override
    public LongColumn build() {
        boolean @Nullable [] nulls = takeNulls();
        LongColumn column = new LongColumn(takeRowCount(), values, nulls);
        values = new long[values.length];
        return column;
    }
}
