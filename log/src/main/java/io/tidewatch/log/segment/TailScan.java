package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.LogRecord;
import java.io.IOException;

/**
 * Goes through the last segment when a log is opened, and tells a torn tail from damage.
 *
 * <p>The bytes before some position are known to have been durable: up to where the mark says, and up to where any whole record
 * says, since a record is only written when what it calls durable was forced to disk. A place without a whole record before
 * that position is damage: the log is refused. At or behind it such a place was still being written; nothing there was
 * acknowledged (or, with {@link Durability#ASYNC}, was so without having been forced), and the file ends before it. Whole
 * records may follow a torn one, since a disk writes blocks in any order; as long as none calls the torn place durable, they
 * are of the same unforced writes.
 *
 * <p>Payloads cannot feign records: they do not know the salt of the segment.
 */
final class TailScan {
    /**
     * Where a segment ends.
     *
     * @param position the byte behind the last record
     * @param endOffset the offset behind it
     * @param received its receive time
     */
    record Tail(long position, long endOffset, long received) {}

    private final SegmentCursor cursor;
    private final DiskFile file;
    private final long fileBytes;
    private long durable;

    private TailScan(SegmentCursor cursor, DiskFile file, long durable) throws IOException {
        this.cursor = cursor;
        this.file = file;
        this.fileBytes = file.size();
        this.durable = durable;
    }

    /**
     * Finds the end.
     *
     * @param durable up to which byte the mark says that the segment was durable
     * @param index gets places of the records
     * @throws TidewatchException {@code LOG_CORRUPT} if something durable is damaged or missing
     */
    static Tail scan(SegmentCursor cursor, DiskFile file, long durable, SegmentIndex index)
            throws IOException {
        return new TailScan(cursor, file, durable).scan(index);
    }

    private Tail scan(SegmentIndex index) throws IOException {
        long received = cursor.header().receivedBefore();
        int size = cursor.load(fileBytes);
        while (size > 0) {
            long position = cursor.position();
            LogRecord record = cursor.next(fileBytes);
            if (record != null) {
                received = record.entry().receiveMillis();
                index.addSparsely(record.offset(), received, position, SegmentIndex.INTERVAL_BYTES);
            }
            size = cursor.load(fileBytes);
        }
        long end = cursor.position();
        if (size == SegmentCursor.DAMAGED) {
            durable = Math.max(durable, durableBehind(end));
        }
        if (end < durable) {
            throw corrupt(end);
        }
        return new Tail(end, cursor.nextOffset(), received);
    }

    /** Up to where a whole record behind a place says that the segment was durable, if that is beyond the place; else 0. */
    private long durableBehind(long place) throws IOException {
        byte[] rest = new byte[(int) (fileBytes - place)];
        int count = file.read(rest, 0, rest.length, place);
        int salt = cursor.header().salt();
        for (int at = 1; at <= count - SegmentFormat.FRAME_BYTES; at++) {
            int size = SegmentFormat.size(rest, at, salt);
            boolean whole = size > 0 && size <= count - at && SegmentFormat.isWhole(rest, at, size);
            if (whole && SegmentFormat.synced(rest, at) > place) {
                return SegmentFormat.synced(rest, at);
            }
        }
        return 0;
    }

    private TidewatchException corrupt(long place) {
        return new TidewatchException(
                ErrorCode.LOG_CORRUPT,
                cursor.path() + ": byte " + place + ": the record of offset " + cursor.nextOffset()
                        + " is damaged or missing, though everything before byte " + durable
                        + " was durable; nothing was changed. Restore the file from a copy, or, to give up what"
                        + " follows, cut the file to " + place + " bytes and delete "
                        + SyncMark.FILE_NAME
                        + " beside it");
    }
}
