package io.tidewatch.kernel.batch;

import io.tidewatch.kernel.type.Type;
import java.util.List;

/**
 * The canonical bytes of keys of one branch and grouping set: two keys are equal exactly if their bytes are. {@link
 * KeyDecoder} reads them.
 *
 * <p>A key is the branch of the UNION ALL and the GROUPING_ID as variable-length numbers, then per column a tag, 0 for NULL
 * or 1, and after a 1 the value:
 *
 * <ul>
 *   <li>BOOLEAN: one byte, 0 or 1.
 *   <li>BIGINT, DECIMAL (unscaled), TIMESTAMP, INTERVAL, INTERVAL_MONTH: eight bytes, most significant first, sign flipped.
 *   <li>DOUBLE: eight bytes, most significant first, of its bits with the sign flipped if it is positive and all bits if
 *       it is negative; −0.0 is written as 0.0, and every NaN as the same one.
 *   <li>VARCHAR: its length as a variable-length number and its bytes.
 * </ul>
 *
 * So bytes compared as unsigned order numbers by value, NULL first and NaN last. Columns outside the grouping set are not in
 * the key: the caller leaves them out.
 */
public final class KeyEncoder {
    private final byte[] prefix;
    private final int columnCount;

    /**
     * An encoder for keys of columns of these types.
     *
     * @param branch of the UNION ALL, 0 if there is none
     * @param groupingId 0 if there are no grouping sets
     */
    public KeyEncoder(int branch, long groupingId, List<Type> types) {
        this(branch, groupingId, types.size());
    }

    /** An encoder for keys of so many columns. */
    public KeyEncoder(int branch, long groupingId, int columnCount) {
        if (branch < 0) {
            throw new IllegalArgumentException("branch: " + branch + " (expected: >= 0)");
        }
        ByteWriter out = new ByteWriter(16);
        out.writeVarLong(branch);
        out.writeVarLong(groupingId);
        this.prefix = out.copyBytes();
        this.columnCount = columnCount;
    }

    /** Appends the key of one row. */
    public void encode(Column[] columns, int row, ByteWriter out) {
        requireColumns(columns);
        encodeRow(columns, row, out);
    }

    /**
     * Appends the keys of all rows of a selection. The key of each of those rows stands in {@code [starts[row],
     * starts[row + 1])} of {@code out.array()}; entries of other rows are undefined.
     *
     * @param starts longer by one than the greatest row needs
     */
    public void encode(Column[] columns, Selection selection, ByteWriter out, int[] starts) {
        requireColumns(columns);
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            starts[row] = out.size();
            encodeRow(columns, row, out);
            starts[row + 1] = out.size();
        }
    }

    /**
     * Appends the key of one row of any branch and grouping set.
     *
     * @param groupingId a column whose bit is set is left out; the last one has the lowest bit
     */
    public void encode(long branch, long groupingId, Column[] columns, int row, ByteWriter out) {
        requireColumns(columns);
        out.writeVarLong(branch);
        out.writeVarLong(groupingId);
        for (int i = 0; i < columns.length; i++) {
            int bit = columns.length - 1 - i;
            if (groupingId == 0 || bit >= Long.SIZE || (groupingId >>> bit & 1) == 0) {
                encodeValue(columns[i], row, out);
            }
        }
    }

    private void encodeRow(Column[] columns, int row, ByteWriter out) {
        out.writeRaw(prefix, 0, prefix.length);
        for (Column column : columns) {
            encodeValue(column, row, out);
        }
    }

    private static void encodeValue(Column column, int row, ByteWriter out) {
        if (column.isNull(row)) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        if (column instanceof LongColumn longs) {
            out.writeLong(Long.reverseBytes(ordered(longs.value(row))));
        } else if (column instanceof DoubleColumn doubles) {
            out.writeLong(Long.reverseBytes(ordered(doubles.value(row))));
        } else if (column instanceof BooleanColumn booleans) {
            out.writeBoolean(booleans.value(row));
        } else if (column instanceof BytesColumn bytes) {
            out.writeSlice(bytes.bytes(), bytes.start(row), bytes.length(row));
        }
    }

    private void requireColumns(Column[] columns) {
        if (columns.length != columnCount) {
            throw new IllegalArgumentException(
                    "columns: " + columns.length + " (expected: " + columnCount + ")");
        }
    }

    /** A number whose unsigned order is the order of values. */
    static long ordered(long value) {
        return value ^ Long.MIN_VALUE;
    }

    /** A number whose unsigned order is the order of values, NaN last. */
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        return bits ^ ((bits >> 63) | Long.MIN_VALUE);
    }

    /** The value that {@link #ordered(double)} was given. */
    static double unordered(long ordered) {
        return Double.longBitsToDouble(ordered ^ ((~ordered >> 63) | Long.MIN_VALUE));
    }
}
