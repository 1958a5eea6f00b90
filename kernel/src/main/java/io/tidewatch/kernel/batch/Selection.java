package io.tidewatch.kernel.batch;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch that something applies to, ascending: either all rows {@code 0..size-1}, or a list. Loops ask {@link
 * #rows()} once and have a form for each case.
 */
public final class Selection {
    private final int @Nullable [] rows;
    private final int size;

    private Selection(int @Nullable [] rows, int size) {
        this.rows = rows;
        this.size = size;
    }

    /** All of {@code rowCount} rows. */
    public static Selection all(int rowCount) {
        return new Selection(null, rowCount);
    }

    /** The first {@code size} entries of {@code rows}, which ascend and which the caller must not change afterwards. */
    public static Selection of(int[] rows, int size) {
        if (size < 0 || size > rows.length) {
            throw new IllegalArgumentException(
                    "size: " + size + " (expected: 0 to " + rows.length + ")");
        }
        return new Selection(rows, size);
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
