package io.tidewatch.codecs.row;

import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import java.util.Arrays;

/**
 * VARCHAR: slices of the input buffer. A value from elsewhere (decoded escapes) is copied behind the others into an array of
 * the sink's own; the column of such a batch is put together in one array when it is built.
 */
final class VarcharSink extends ValueSink {
    private byte[] input = {};
    private int[] starts = {};
    private int[] lengths = {};
    private byte[] copies = {};
    private int copiedCount;
    private boolean hasCopies;

    VarcharSink(SpareArrays spare) {
        super(spare);
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        lengths[row] = end - start;
        if (bytes == input) {
            starts[row] = start;
        } else {
            copy(row, bytes, start, end - start);
        }
        return true;
    }

    private void copy(int row, byte[] bytes, int start, int length) {
        if (copies.length - copiedCount < length) {
            copies = Arrays.copyOf(copies, Math.max(2 * copies.length, copiedCount + length));
        }
        System.arraycopy(bytes, start, copies, copiedCount, length);
        starts[row] = ~copiedCount;
        copiedCount += length;
        hasCopies = true;
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    boolean number(int row, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    boolean literal(int row, boolean value, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    boolean nested(int row, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    String expectation() {
        return "text";
    }

    @Override
    void begin(int newCapacity, byte[] buffer) {
        super.begin(newCapacity, buffer);
        input = buffer;
        starts = spare().ints(newCapacity);
        lengths = spare().ints(newCapacity);
        copiedCount = 0;
        hasCopies = false;
    }

    @Override
    void growValues(int newCapacity) {
        starts = Arrays.copyOf(starts, newCapacity);
        lengths = Arrays.copyOf(lengths, newCapacity);
    }

    @Override
    void clearValue(int row) {
        starts[row] = 0;
        lengths[row] = 0;
    }

    @Override
    void releaseValues(Column column) {
        BytesColumn strings = (BytesColumn) column;
        spare().release(strings.starts());
        spare().release(strings.lengths());
    }

    @Override
    Column build(int rowCount, byte[] buffer) {
        if (!hasCopies) {
            return new BytesColumn(rowCount, buffer, starts, lengths, nulls());
        }
        int total = 0;
        for (int row = 0; row < rowCount; row++) {
            total = Math.addExact(total, lengths[row]);
        }
        byte[] together = new byte[total];
        int at = 0;
        for (int row = 0; row < rowCount; row++) {
            int start = starts[row];
            byte[] source = start < 0 ? copies : buffer;
            System.arraycopy(source, start < 0 ? ~start : start, together, at, lengths[row]);
            starts[row] = at;
            at += lengths[row];
        }
        return new BytesColumn(rowCount, together, starts, lengths, nulls());
    }
}
