package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BooleanColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;

/**
 * Values of all types but VARCHAR as {@code long} values of the same order, so that one loop serves them all: false before
 * true, doubles as {@link Doubles#toSortable}.
 */
final class SortableValues {
    private long[] scratch = {};

    /** The values of the selected rows, indexed by row; valid until the next call and not to be changed. */
    long[] of(Column column, Selection selection) {
        if (column instanceof LongColumn longs) {
            return longs.values();
        }
        if (scratch.length < column.rowCount()) {
            scratch = new long[column.rowCount()];
        }
        if (column instanceof DoubleColumn doubles) {
            convert(doubles.values(), selection, scratch);
        } else {
            convert(((BooleanColumn) column).values(), selection, scratch);
        }
        return scratch;
    }

    private static void convert(double[] values, Selection selection, long[] out) {
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = Doubles.toSortable(values[row]);
        }
    }

    private static void convert(boolean[] values, Selection selection, long[] out) {
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = values[row] ? 1 : 0;
        }
    }

    /** Appends the value that a sortable one stands for. */
    static void append(Type type, long sortable, ColumnBuilder out) {
        switch (type.kind()) {
            case BOOLEAN -> ((BooleanColumnBuilder) out).append(sortable != 0);
            case DOUBLE -> ((DoubleColumnBuilder) out).append(Doubles.ofSortable(sortable));
            case BIGINT, DECIMAL, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                ((LongColumnBuilder) out).append(sortable);
            case VARCHAR -> throw new IllegalArgumentException("VARCHAR is not a number");
        }
    }
}
