package io.tidewatch.kernel.batch;

import org.jspecify.annotations.Nullable;

/** DOUBLE. */
public final class DoubleColumn extends Column {
    private final double[] values;

    /** Wraps the arrays, which the caller must not change afterwards. */
    public DoubleColumn(int rowCount, double[] values, boolean @Nullable [] nulls) {
        super(rowCount, values.length, nulls);
        this.values = values;
    }

    public DoubleColumn(double... values) {
        this(values.length, values, null);
    }

    /** The values, not to be changed. */
    public double[] values() {
        return values;
    }

    public double value(int row) {
        return values[row];
    }
}
