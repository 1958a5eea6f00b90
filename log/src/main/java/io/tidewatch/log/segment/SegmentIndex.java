package io.tidewatch.log.segment;

import java.util.Arrays;

/**
 * Where some records of a segment are, by offset and by receive time; both rise with the place. Written by one thread, read by
 * many.
 */
final class SegmentIndex {
    /** How many bytes lie between two entries of an uncompressed segment at least. */
    static final int INTERVAL_BYTES = 1 << 16;

    /** Offset, receive time, place. */
    static final int ENTRY_LONGS = 3;

    /**
     * A place from which a segment can be read.
     *
     * @param offset of the record there
     * @param position where in the file it is, or its block
     */
    record Place(long offset, long position) {}

    private final long base;
    private long[] entries = new long[ENTRY_LONGS * 16];
    private int size;

    /** @param base the offset of the segment's first record */
    SegmentIndex(long base) {
        this.base = base;
    }

    /** Adds an entry behind the others. */
    synchronized void add(long offset, long received, long position) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size] = offset;
        entries[size + 1] = received;
        entries[size + 2] = position;
        size += ENTRY_LONGS;
    }

    /** Adds an entry if it is far enough behind the last one. */
    synchronized void addSparsely(long offset, long received, long position, long interval) {
        long last = size == 0 ? 0 : entries[size - 1];
        if (size == 0 || position - last >= interval) {
            add(offset, received, position);
        }
    }

    /** The last place at or before an offset. */
    synchronized Place placeOf(long offset) {
        return place(0, offset);
    }

    /** The last place before which every record was received before a time. */
    synchronized Place placeOfTime(long receiveMillis) {
        return place(1, receiveMillis == Long.MIN_VALUE ? receiveMillis : receiveMillis - 1);
    }

    /** All entries, for a file of them. */
    synchronized long[] entries() {
        return Arrays.copyOf(entries, size);
    }

    synchronized long bytes() {
        return (long) entries.length * Long.BYTES;
    }

    /** The last entry of which one number is at most {@code value}, or the beginning of the segment. */
    private Place place(int number, long value) {
        int low = 0;
        int high = size / ENTRY_LONGS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle * ENTRY_LONGS + number] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return new Place(base, SegmentHeader.BYTES);
        }
        int at = (low - 1) * ENTRY_LONGS;
        return new Place(entries[at], entries[at + 2]);
    }
}
