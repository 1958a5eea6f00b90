package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ArrayPool;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.batch.Selection;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** When and where each row of a batch came from. Shared by all calls that read the batch; the arrays are not copied. */
public final class RowOrigins {
    private final int partition;
    private final long[] eventTimes;
    private final long[] offsets;
    private final long @Nullable [] hashes;
    private final PositionRanges @Nullable [] positions;

    /**
     * Wraps the arrays, which are indexed by row and which the caller must not change while this is in use.
     *
     * @param partition the partition (for a later link: the key group) that the rows were read from
     * @param eventTimes milliseconds since the epoch
     * @param offsets the place of each row in its partition; (partition, offset) names one row
     * @param hashes the hash of each row's bytes, or {@code null} if no call keeps exemplars
     */
    public RowOrigins(int partition, long[] eventTimes, long[] offsets, long @Nullable [] hashes) {
        this(partition, eventTimes, offsets, hashes, null);
    }

    /**
     * Wraps the arrays of rows of a link.
     *
     * @param positions the places in the log of what went into each row; {@code null} if rows are in the log themselves
     */
    public RowOrigins(
            int partition,
            long[] eventTimes,
            long[] offsets,
            long @Nullable [] hashes,
            PositionRanges @Nullable [] positions) {
        this.partition = partition;
        this.eventTimes = eventTimes;
        this.offsets = offsets;
        this.hashes = hashes;
        this.positions = positions;
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

    /** Whether the rows are in the log themselves, and not made by a link. */
    public boolean isInLog() {
        return positions == null;
    }

    /** Adds the places in the log of what went into a row. */
    public void addPositions(int row, PositionRanges to) {
        if (positions == null) {
            to.add(partition, offsets[row], offsets[row]);
        } else {
            to.addAll(positions[row]);
        }
    }

    /** Adds the places in the log of what went into selected rows. */
    public void addPositions(Selection selection, PositionRanges to) {
        if (positions != null) {
            for (int i = 0; i < selection.size(); i++) {
                to.addAll(positions[selection.row(i)]);
            }
        } else if (!selection.isEmpty()) {
            long least = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            for (int i = 0; i < selection.size(); i++) {
                long offset = offsets[selection.row(i)];
                least = Math.min(least, offset);
                greatest = Math.max(greatest, offset);
            }
            to.add(partition, least, greatest);
        }
    }

    /** The origins of chosen rows, in their order, in arrays of a pool. */
    public RowOrigins gather(int[] rows, int rowCount, ArrayPool pool) {
        return new RowOrigins(
                partition,
                Gather.longs(eventTimes, rows, rowCount, pool),
                Gather.longs(offsets, rows, rowCount, pool),
                hashes == null ? null : Gather.longs(hashes, rows, rowCount, pool),
                positions == null
                        ? null
                        : IntStream.range(0, rowCount)
                                .mapToObj(row -> positions[rows[row]])
                                .toArray(PositionRanges[]::new));
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
