package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of {@link BooleanColumn}. Reused after {@link #build}, it starts again with arrays of its own. */
public final class BooleanColumnBuilder extends ColumnBuilder {
    private boolean[] values;

    public BooleanColumnBuilder(int capacity) {
        super(capacity);
        values = new boolean[Math.max(1, capacity)];
    }

    public void append(boolean value) {
        int row = nextRow();
        if (row == values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[row] = value;
    }

    @Override
    public void appendNull() {
        append(false);
        markNull();
    }

    @Override
    public BooleanColumn build() {
        boolean @Nullable [] nulls = takeNulls();
        BooleanColumn column = new BooleanColumn(takeRowCount(), values, nulls);
        values = new boolean[values.length];
        return column;
    }
}
