package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of {@link LongColumn}. Reused after {@link #build}, it starts again with arrays of its own. */
public final class LongColumnBuilder extends ColumnBuilder {
    private long[] values;
    /** The length of the next array, which is made when it is needed. */
    private int nextLength;

    public LongColumnBuilder(int capacity) {
        super(capacity);
        values = new long[Math.max(1, capacity)];
    }

    public void append(long value) {
        int row = nextRow();
        if (row == values.length) {
            values = Arrays.copyOf(values, Math.max(nextLength, 2 * row));
        }
        values[row] = value;
    }

    @Override
    public void appendAll(Column source, Selection rows) {
        long[] from = ((LongColumn) source).values();
        int first = nextRows(rows.size());
        if (rowCount() > values.length) {
            int length = Math.max(rowCount(), 2 * values.length);
            values = Arrays.copyOf(values, Math.max(nextLength, length));
        }
        if (rows.rows() == null) {
            System.arraycopy(from, 0, values, first, rows.size());
        } else {
            for (int i = 0; i < rows.size(); i++) {
                values[first + i] = from[rows.row(i)];
            }
        }
        markNulls(source, rows);
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
        nextLength = Math.max(nextLength, values.length);
        values = new long[0];
        return column;
    }
}
