package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of {@link DoubleColumn}. Reused after {@link #build}, it starts again with arrays of its own. */
public final class DoubleColumnBuilder extends ColumnBuilder {
    private double[] values;

    public DoubleColumnBuilder(int capacity) {
        super(capacity);
        values = new double[Math.max(1, capacity)];
    }

    public void append(double value) {
        int row = nextRow();
        if (row == values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[row] = value;
    }

    @Override
    public void appendNull() {
        append(0.0);
        markNull();
    }

    @Override
    public DoubleColumn build() {
        boolean @Nullable [] nulls = takeNulls();
        DoubleColumn column = new DoubleColumn(takeRowCount(), values, nulls);
        values = new double[values.length];
        return column;
    }
}
