package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Gather;

/**
 * The windows and keys of rows that a link made: per row {@code [start, end)}, and the canonical bytes of the key.
 */
public final class RowWindows {
    private final long[] starts;
    private final long[] ends;
    private final BytesColumn keys;

    /** Wraps the arrays. */
    public RowWindows(long[] starts, long[] ends, BytesColumn keys) {
        this.starts = starts;
        this.ends = ends;
        this.keys = keys;
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

    RowWindows gather(int[] rows, int rowCount) {
        return new RowWindows(
                Gather.longs(starts, rows, rowCount),
                Gather.longs(ends, rows, rowCount),
                (BytesColumn) Gather.of(keys, rows, rowCount));
    }
}
