package io.tidewatch.kernel.batch;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch that something applies to, ascending: either all rows {@code 0..size-1}, or a list. Loops ask {@link
 * #rows()} once and have a form for each case.
 */
public final class Selection {
    private final int @Nullable [] rows;
    private final int size;
    private final @Nullable Selection whole;

    private Selection(int @Nullable [] rows, int size, @Nullable Selection whole) {
        this.rows = rows;
        this.size = size;
        this.whole = whole;
    }

    /** All of {@code rowCount} rows. */
    public static Selection all(int rowCount) {
        return new Selection(null, rowCount, null);
    }

    /** The first {@code size} entries of {@code rows}, which ascend and which the caller must not change afterwards. */
    public static Selection of(int[] rows, int size) {
        if (size < 0 || size > rows.length) {
            throw new IllegalArgumentException(
                    "size: " + size + " (expected: 0 to " + rows.length + ")");
        }
        return new Selection(rows, size, null);
    }

    /** As {@link #of}, of rows that are all in {@code whole}. */
    public static Selection partOf(Selection whole, int[] rows, int size) {
        return new Selection(rows, size, whole);
    }

    /** A selection that this one is known to be a part of, if there is one. */
    public @Nullable Selection whole() {
        return whole;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The row numbers, of which the first {@link #size()} count, or {@code null} if they are {@code 0..size-1}. */
    public int @Nullable [] rows() {
        return rows;
    }

    public int row(int index) {
        return rows == null ? index : rows[index];
    }
}
