package io.tidewatch.kernel.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of a {@link BytesColumn} by copying them behind one another. */
public final class BytesColumnBuilder extends ColumnBuilder {
    private static final int BYTES_PER_ROW = 16;

    private byte[] bytes;
    private int[] starts;
    private int[] lengths;
    private int byteCount;

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
            starts = Arrays.copyOf(starts, 2 * row);
            lengths = Arrays.copyOf(lengths, 2 * row);
        }
        if (bytes.length - byteCount < length) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(2 * bytes.length, Math.addExact(byteCount, length)));
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
        bytes = new byte[bytes.length];
        starts = new int[starts.length];
        lengths = new int[lengths.length];
        byteCount = 0;
        return column;
    }
}
