package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.LogReader;
import io.tidewatch.log.LogRecord;
import io.tidewatch.log.OffsetGoneException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition segment by segment. A segment that is open stays so, and whole, whatever becomes of its name; so does
 * every record that was published.
 */
final class SegmentReader implements LogReader {
    private final SegmentPartition partition;
    private final AtomicInteger openSegments;
    private final int openSegmentsMax;
    private @Nullable SegmentCursor cursor;
    private long offset;

    SegmentReader(
            SegmentPartition partition,
            long offset,
            AtomicInteger openSegments,
            int openSegmentsMax) {
        this.partition = partition;
        this.offset = offset;
        this.openSegments = openSegments;
        this.openSegmentsMax = openSegmentsMax;
    }

    @Override
    public @Nullable LogRecord next() {
        try {
            while (true) {
                checkOpen();
                SegmentCursor from = cursor == null ? open() : cursor;
                if (from == null) {
                    return null;
                }
                // Before what is read of it: whether it is the active one is asked again when it
                // ends.
                LogRecord record = from.next(partition.limit(from));
                if (record == null && !passOn(from)) {
                    return null;
                }
                if (record != null && record.nextOffset() > offset) {
                    offset = record.nextOffset();
                    return record;
                }
            }
        } catch (IOException e) {
            close();
            throw SegmentFormat.failed(partition.folder(), e);
        }
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public boolean await(long millis) throws InterruptedException {
        return partition.await(offset, millis);
    }

    @Override
    public void close() {
        SegmentCursor open = cursor;
        if (open != null) {
            cursor = null;
            openSegments.decrementAndGet();
            try {
                open.close();
            } catch (IOException e) {
                partition.leftAsItIs(open.path(), e);
            }
        }
    }

    private @Nullable SegmentCursor open() throws IOException {
        while (true) {
            SegmentPartition.State state = partition.state();
            if (offset < state.firstOffset() || offset > state.endOffset()) {
                throw new OffsetGoneException(
                        partition.folder().toString(),
                        offset,
                        state.firstOffset(),
                        state.endOffset());
            }
            if (offset == state.endOffset()) {
                return null;
            }
            if (openSegments.incrementAndGet() > openSegmentsMax) {
                openSegments.decrementAndGet();
                throw new TidewatchException(
                        ErrorCode.LIMIT_REACHED,
                        partition.folder() + ": readers have " + openSegmentsMax
                                + " segments open (limit open_segments); close some, or raise it");
            }
            SegmentCursor opened = null;
            try {
                opened = partition.open(offset);
            } finally {
                if (opened == null) {
                    openSegments.decrementAndGet();
                }
            }
            if (opened != null) {
                cursor = opened;
                return opened;
            }
        }
    }

    /** Leaves a segment at its end; false if it is the active one, and may have more later. */
    private boolean passOn(SegmentCursor ended) throws IOException {
        SegmentPartition.State state = partition.state();
        long base = ended.header().base();
        int at = state.holding(base);
        boolean listed = state.segments().get(at).base() == base;
        if (listed && at == state.segments().size() - 1) {
            return false;
        }
        // It may have been closed, longer than it was when its limit was asked for.
        if (ended.load(partition.limit(ended)) != SegmentCursor.END) {
            return true;
        }
        long nextBase = state.segments().get(listed ? at + 1 : at).base();
        if (listed && nextBase != ended.nextOffset()) {
            throw SegmentFormat.corrupt(
                    ended.path(),
                    ended.position(),
                    "the segment ends before offset " + ended.nextOffset()
                            + ", but the next one begins with " + nextBase);
        }
        offset = Math.max(offset, ended.nextOffset());
        close();
        return true;
    }

    private void checkOpen() {
        if (partition.state().closed()) {
            throw new IllegalStateException(partition.folder() + ": the log is closed");
        }
    }
}
