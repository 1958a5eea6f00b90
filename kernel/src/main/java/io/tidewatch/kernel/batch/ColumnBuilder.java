package io.tidewatch.kernel.batch;

import io.tidewatch.kernel.type.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column, row by row. */
public abstract sealed class ColumnBuilder
        permits BooleanColumnBuilder, BytesColumnBuilder, DoubleColumnBuilder, LongColumnBuilder {
    private final int capacity;
    private int rowCount;
    private boolean @Nullable [] nulls;

    ColumnBuilder(int capacity) {
        this.capacity = Math.max(1, capacity);
    }

    /** A builder of the column class that holds {@code type}. */
    public static ColumnBuilder of(Type type, int capacity) {
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanColumnBuilder(capacity);
            case DOUBLE -> new DoubleColumnBuilder(capacity);
            case VARCHAR -> new BytesColumnBuilder(capacity);
            case BIGINT, DECIMAL, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                new LongColumnBuilder(capacity);
        };
    }

    public final int rowCount() {
        return rowCount;
    }

    public abstract void appendNull();

    /** Appends the values of chosen rows of a column of the class that is built. */
    public abstract void appendAll(Column source, Selection rows);

    /** The column of all rows so far; the builder is empty afterwards. */
    public abstract Column build();

    final int nextRow() {
        return rowCount++;
    }

    /** Counts so many rows more, and returns the first of them. */
    final int nextRows(int count) {
        int first = rowCount;
        rowCount = Math.addExact(first, count);
        return first;
    }

    /** Marks the last rows as those of a source are that they came from. */
    final void markNulls(Column source, Selection rows) {
        if (source.nulls() != null) {
            int first = rowCount - rows.size();
            for (int i = 0; i < rows.size(); i++) {
                if (source.isNull(rows.row(i))) {
                    markNull(first + i);
                }
            }
        }
    }

    final void markNull() {
        markNull(rowCount - 1);
    }

    private void markNull(int row) {
        if (nulls == null) {
            nulls = new boolean[Math.max(capacity, rowCount)];
        } else if (row >= nulls.length) {
            nulls = Arrays.copyOf(nulls, Math.max(2 * nulls.length, rowCount));
        }
        nulls[row] = true;
    }

    final boolean @Nullable [] takeNulls() {
        boolean[] taken = nulls;
        nulls = null;
        return taken == null || taken.length >= rowCount ? taken : Arrays.copyOf(taken, rowCount);
    }

    final int takeRowCount() {
        int taken = rowCount;
        rowCount = 0;
        return taken;
    }
}
