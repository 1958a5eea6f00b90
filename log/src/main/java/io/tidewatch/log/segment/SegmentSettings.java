package io.tidewatch.log.segment;

import java.util.Objects;

/**
 * How a log of segments keeps records.
 *
 * @param durability when an append is acknowledged
 * @param syncMillis with {@link Durability#ASYNC}, how long after it was written a record is forced to disk at the latest
 * @param keepMillis retention by time: a closed segment may go when its last record was received so long ago
 * @param keepBytes retention by size: the oldest closed segments of a partition may go while it has more bytes than these
 * @param limits what may not grow further
 */
public record SegmentSettings(
        Durability durability,
        long syncMillis,
        long keepMillis,
        long keepBytes,
        SegmentLimits limits) {
    /** Durable when acknowledged, and kept for ever. */
    public static final SegmentSettings DEFAULT = new SegmentSettings(
            Durability.SYNC, 200, Long.MAX_VALUE, Long.MAX_VALUE, SegmentLimits.DEFAULT);

    public SegmentSettings {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(limits, "limits");
        if (syncMillis < 0 || keepMillis < 0 || keepBytes < 0) {
            throw new IllegalArgumentException("syncMillis: " + syncMillis + ", keepMillis: "
                    + keepMillis + ", keepBytes: " + keepBytes + " (expected: >= 0)");
        }
    }
}
