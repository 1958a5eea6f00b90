package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Gather;

/**
 * The windows and keys of rows that a link made: per row {@code [start, end)}, the canonical bytes of the key, and the key
 * group that it came from.
 */
public final class RowWindows {
    private final long[] starts;
    private final long[] ends;
    private final BytesColumn keys;
    private final byte[] keyGroups;

    /** Wraps the arrays. */
    public RowWindows(long[] starts, long[] ends, BytesColumn keys, byte[] keyGroups) {
        this.starts = starts;
        this.ends = ends;
        this.keys = keys;
        this.keyGroups = keyGroups;
    }

    public long[] starts() {
        return starts;
    }

    public long[] ends() {
        return ends;
    }

    public BytesColumn keys() {
        return keys;
    }

    public int keyGroup(int row) {
        return keyGroups[row];
    }

    RowWindows withKeys(BytesColumn otherKeys) {
        return new RowWindows(starts, ends, otherKeys, keyGroups);
    }

    RowWindows gather(int[] rows, int rowCount) {
        return new RowWindows(
                Gather.longs(starts, rows, rowCount),
                Gather.longs(ends, rows, rowCount),
                (BytesColumn) Gather.of(keys, rows, rowCount),
                Gather.bytes(keyGroups, rows, rowCount));
    }
}
