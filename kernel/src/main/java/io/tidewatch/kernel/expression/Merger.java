package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import org.jspecify.annotations.Nullable;

/** Puts a column together from parts of other columns, each for rows of its own. */
final class Merger {
    private final int rowCount;
    private final boolean[] nulls;
    private boolean anyNull;
    private long @Nullable [] longs;
    private double @Nullable [] doubles;
    private boolean @Nullable [] booleans;
    private @Nullable ByteWriter bytes;
    private int[] starts = {};
    private int[] lengths = {};

    Merger(Evaluation evaluation, Type type) {
        rowCount = evaluation.rowCount();
        nulls = evaluation.booleans();
        switch (type.kind()) {
            case BOOLEAN -> booleans = evaluation.booleans();
            case DOUBLE -> doubles = evaluation.doubles();
            case VARCHAR -> {
                bytes = evaluation.writer();
                starts = evaluation.ints();
                lengths = evaluation.ints();
            }
            case BIGINT, DECIMAL, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> longs = evaluation.longs();
        }
    }

    void put(Column source, Selection selection) {
        putNulls(source.nulls(), selection);
        if (longs != null) {
            putLongs(((LongColumn) source).values(), selection, longs);
        } else if (doubles != null) {
            putDoubles(((DoubleColumn) source).values(), selection, doubles);
        } else if (booleans != null) {
            putBooleans(((BooleanColumn) source).values(), selection, booleans);
        } else if (bytes != null) {
            putSlices((BytesColumn) source, selection, bytes);
        }
    }

    void putNull(Selection selection) {
        anyNull |= !selection.isEmpty();
        for (int i = 0; i < selection.size(); i++) {
            nulls[selection.row(i)] = true;
        }
    }

    Column finish() {
        boolean[] mask = anyNull ? nulls : null;
        if (longs != null) {
            return new LongColumn(rowCount, longs, mask);
        }
        if (doubles != null) {
            return new DoubleColumn(rowCount, doubles, mask);
        }
        if (booleans != null) {
            return new BooleanColumn(rowCount, booleans, mask);
        }
        if (bytes != null) {
            return new BytesColumn(rowCount, bytes.array(), starts, lengths, mask);
        }
        throw new IllegalStateException("a column of no type");
    }

    private void putNulls(boolean @Nullable [] source, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        boolean seen = false;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            nulls[row] = source != null && source[row];
            seen |= nulls[row];
        }
        anyNull |= seen;
    }

    private static void putLongs(long[] source, Selection selection, long[] out) {
        int[] rows = selection.rows();
        int size = selection.size();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = source[row];
        }
    }

    private static void putDoubles(double[] source, Selection selection, double[] out) {
        int[] rows = selection.rows();
        int size = selection.size();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = source[row];
        }
    }

    private static void putBooleans(boolean[] source, Selection selection, boolean[] out) {
        int[] rows = selection.rows();
        int size = selection.size();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = source[row];
        }
    }

    private void putSlices(BytesColumn source, Selection selection, ByteWriter out) {
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!nulls[row]) {
                starts[row] = out.size();
                lengths[row] = source.length(row);
                out.writeRaw(source.bytes(), source.start(row), source.length(row));
            }
        }
    }
}
