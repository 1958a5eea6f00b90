package io.tidewatch.log.segment;

/**
 * What a log of segments may grow to.
 *
 * @param recordBytes {@code record_bytes}: the most bytes of a record with its envelope; a greater one is refused
 * @param segmentBytes {@code segment_bytes}: from this size on a segment is closed and another one begun
 * @param openSegments {@code open_segments}: how many segments readers may have open together; further reads are refused
 * @param indexBytes {@code index_bytes}: the most memory for indices of closed segments; those used least are read again
 * @param unsyncedBytes {@code unsynced_bytes}: the most bytes per partition that wait to be durable; more are refused
 */
public record SegmentLimits(
        int recordBytes, int segmentBytes, int openSegments, long indexBytes, long unsyncedBytes) {
    /** 16 MiB a record, 64 MiB a segment, 512 open segments, 16 MiB of indices, 64 MiB that wait. */
    public static final SegmentLimits DEFAULT =
            new SegmentLimits(1 << 24, 1 << 26, 512, 1L << 24, 1L << 26);

    private static final int SEGMENT_BYTES_MAX = 1 << 30;

    public SegmentLimits {
        check("record_bytes", recordBytes, SegmentFormat.FRAME_BYTES_MAX);
        check("segment_bytes", segmentBytes, SEGMENT_BYTES_MAX);
        check("open_segments", openSegments, Integer.MAX_VALUE);
        check("index_bytes", indexBytes, Long.MAX_VALUE);
        check("unsynced_bytes", unsyncedBytes, Long.MAX_VALUE);
    }

    private static void check(String name, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: 1 to " + max + ")");
        }
    }
}
