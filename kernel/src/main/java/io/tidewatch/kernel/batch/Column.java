package io.tidewatch.kernel.batch;

import org.jspecify.annotations.Nullable;

/**
 * The values of one field, one per row. Arrays may be longer than {@link #rowCount()}; what stands beyond is undefined, as
 * is the value of a row that is NULL, and of a row outside the selection that an expression was evaluated over.
 */
public abstract sealed class Column permits BooleanColumn, BytesColumn, DoubleColumn, LongColumn {
    private final int rowCount;
    private final boolean @Nullable [] nulls;

    Column(int rowCount, int capacity, boolean @Nullable [] nulls) {
        if (rowCount < 0 || rowCount > capacity) {
            throw new IllegalArgumentException(
                    "rowCount: " + rowCount + " (expected: 0 to " + capacity + ")");
        }
        if (nulls != null && nulls.length < rowCount) {
            throw new IllegalArgumentException(
                    "nulls.length: " + nulls.length + " (expected: >= " + rowCount + ")");
        }
        this.rowCount = rowCount;
        this.nulls = nulls;
    }

    public final int rowCount() {
        return rowCount;
    }

    /** True per row that is NULL, or {@code null} if none is. Not to be changed. */
    public final boolean @Nullable [] nulls() {
        return nulls;
    }

    public final boolean isNull(int row) {
        return nulls != null && nulls[row];
    }
}
