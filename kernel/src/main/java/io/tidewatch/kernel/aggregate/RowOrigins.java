package io.tidewatch.kernel.aggregate;

import org.jspecify.annotations.Nullable;

/** When and where each row of a batch came from. Shared by all calls that read the batch; the arrays are not copied. */
public final class RowOrigins {
    private final int partition;
    private final long[] eventTimes;
    private final long[] offsets;
    private final long @Nullable [] hashes;

    /**
     * Wraps the arrays, which are indexed by row and which the caller must not change while this is in use.
     *
     * @param partition the partition (for a later link: the key group) that the rows were read from
     * @param eventTimes milliseconds since the epoch
     * @param offsets the place of each row in its partition; (partition, offset) names one row
     * @param hashes the hash of each row's bytes, or {@code null} if no call keeps exemplars
     */
    public RowOrigins(int partition, long[] eventTimes, long[] offsets, long @Nullable [] hashes) {
        this.partition = partition;
        this.eventTimes = eventTimes;
        this.offsets = offsets;
        this.hashes = hashes;
    }

    public int partition() {
        return partition;
    }

    public long[] eventTimes() {
        return eventTimes;
    }

    public long[] offsets() {
        return offsets;
    }

    /** Whether the rows were given with the hashes of their bytes. */
    public boolean hasHashes() {
        return hashes != null;
    }

    /** The hash of each row's bytes. */
    public long[] hashes() {
        if (hashes == null) {
            throw new IllegalStateException("the rows were given without hashes");
        }
        return hashes;
    }
}
