package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.PositionRanges;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of one or more panes by the numbers of their keys, with what is known of the panes as a whole. A view: it is
 * good until what it shows changes.
 *
 * @param size how many keys there are; the arrays may be longer
 * @param numbers of the keys
 * @param slots per key where its aggregates are
 * @param incomplete what the panes lack, if anything
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record NumberedGroups(
        int size,
        int[] numbers,
        int[] slots,
        Accumulators[] accumulators,
        PositionRanges positions,
        @Nullable IncompleteWindow incomplete) {
    /** About how many bytes of memory the aggregates and positions take, without the numbers. */
    long retainedBytes() {
        long bytes = positions.retainedBytes();
        for (Accumulators each : accumulators) {
            bytes += each.retainedBytes();
        }
        return bytes;
    }
}
