package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of {@link DoubleColumn}. Reused after {@link #build}, it starts again with arrays of its own. */
public final class DoubleColumnBuilder extends ColumnBuilder {
    private double[] values;
    /** The length of the next array, which is made when it is needed. */
    private int nextLength;

    public DoubleColumnBuilder(int capacity) {
        super(capacity);
        values = new double[Math.max(1, capacity)];
    }

    public void append(double value) {
        int row = nextRow();
        if (row == values.length) {
            values = Arrays.copyOf(values, Math.max(nextLength, 2 * row));
        }
        values[row] = value;
    }

    @Override
    public void appendAll(Column source, Selection rows) {
        double[] from = ((DoubleColumn) source).values();
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
        append(0.0);
        markNull();
    }

    @Override
    public DoubleColumn build() {
        boolean @Nullable [] nulls = takeNulls();
        DoubleColumn column = new DoubleColumn(takeRowCount(), values, nulls);
        nextLength = Math.max(nextLength, values.length);
        values = new double[0];
        return column;
    }
}
