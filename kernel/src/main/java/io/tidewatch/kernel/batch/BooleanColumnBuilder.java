package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of {@link BooleanColumn}. Reused after {@link #build}, it starts again with arrays of its own. */
public final class BooleanColumnBuilder extends ColumnBuilder {
    private boolean[] values;
    /** The length of the next array, which is made when it is needed. */
    private int nextLength;

    public BooleanColumnBuilder(int capacity) {
        super(capacity);
        values = new boolean[Math.max(1, capacity)];
    }

    public void append(boolean value) {
        int row = nextRow();
        if (row == values.length) {
            values = Arrays.copyOf(values, Math.max(nextLength, 2 * row));
        }
        values[row] = value;
    }

    @Override
    public void appendAll(Column source, Selection rows) {
        boolean[] from = ((BooleanColumn) source).values();
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
        append(false);
        markNull();
    }

    @Override
    public BooleanColumn build() {
        boolean @Nullable [] nulls = takeNulls();
        BooleanColumn column = new BooleanColumn(takeRowCount(), values, nulls);
        nextLength = Math.max(nextLength, values.length);
        values = new boolean[0];
        return column;
    }
}
