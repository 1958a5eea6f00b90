package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of a {@link BytesColumn} by copying them behind one another. Reused as {@link LongColumnBuilder}. */
public final class BytesColumnBuilder extends ColumnBuilder {
    private static final int BYTES_PER_ROW = 16;

    private byte[] bytes;
    private int[] starts;
    private int[] lengths;
    private int byteCount;
    /** The lengths of the next arrays, which are made when they are needed. */
    private int nextRows;

    private int nextBytes;

    public BytesColumnBuilder(int capacity) {
        super(capacity);
        bytes = new byte[BYTES_PER_ROW * Math.max(1, capacity)];
        starts = new int[Math.max(1, capacity)];
        lengths = new int[Math.max(1, capacity)];
    }

    public void append(byte[] value) {
        append(value, 0, value.length);
    }

    public void append(byte[] source, int start, int length) {
        int row = nextRow();
        if (row >= starts.length) {
            int rows = Math.max(nextRows, 2 * row);
            starts = Arrays.copyOf(starts, rows);
            lengths = Arrays.copyOf(lengths, rows);
        }
        if (bytes.length - byteCount < length) {
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.length);
            int wanted = Math.max(doubled, Math.addExact(byteCount, length));
            bytes = Arrays.copyOf(bytes, Math.max(nextBytes, wanted));
        }
        System.arraycopy(source, start, bytes, byteCount, length);
        starts[row] = byteCount;
        lengths[row] = length;
        byteCount += length;
    }

    @Override
    public void appendAll(Column source, Selection rows) {
        BytesColumn from = (BytesColumn) source;
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.row(i);
            if (from.isNull(row)) {
                appendNull();
            } else {
                append(from.bytes(), from.start(row), from.length(row));
            }
        }
    }

    /** How many bytes all values take so far. */
    public int byteCount() {
        return byteCount;
    }

    @Override
    public void appendNull() {
        append(bytes, 0, 0);
        markNull();
    }

    @Override
    public BytesColumn build() {
        boolean @Nullable [] nulls = takeNulls();
        BytesColumn column = new BytesColumn(takeRowCount(), bytes, starts, lengths, nulls);
        nextRows = Math.max(nextRows, starts.length);
        nextBytes = Math.max(nextBytes, bytes.length);
        bytes = new byte[0];
        starts = new int[0];
        lengths = new int[0];
        byteCount = 0;
        return column;
    }
}
