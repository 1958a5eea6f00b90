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
    private int nextLength;

    private int nextByteLength;

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
        if (row == starts.length) {
            int rows = Math.max(nextLength, 2 * row);
            starts = Arrays.copyOf(starts, rows);
            lengths = Arrays.copyOf(lengths, rows);
        }
        if (bytes.length - byteCount < length) {
            int least = Math.addExact(byteCount, length);
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.max(nextByteLength, 2 * bytes.length), least));
        }
        System.arraycopy(source, start, bytes, byteCount, length);
        starts[row] = byteCount;
        lengths[row] = length;
        byteCount += length;
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
        nextLength = starts.length;
        nextByteLength = bytes.length;
        bytes = new byte[0];
        starts = new int[0];
        lengths = new int[0];
        byteCount = 0;
        return column;
    }
}
