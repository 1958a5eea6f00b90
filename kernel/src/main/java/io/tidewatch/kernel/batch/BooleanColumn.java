package io.tidewatch.kernel.batch;

import org.jspecify.annotations.Nullable;

/** BOOLEAN. */
public final class BooleanColumn extends Column {
    private final boolean[] values;

    /** Wraps the arrays, which the caller must not change afterwards. */
    public BooleanColumn(int rowCount, boolean[] values, boolean @Nullable [] nulls) {
        super(rowCount, values.length, nulls);
        this.values = values;
    }

    public BooleanColumn(boolean... values) {
        this(values.length, values, null);
    }

    /** The values, not to be changed. */
    public boolean[] values() {
        return values;
    }

    public boolean value(int row) {
        return values[row];
    }
}
