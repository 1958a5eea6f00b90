package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.LogRecord;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one partition: which there are, how far they can be read, and what changes them whole. The committer's thread
 * begins segments and publishes what it wrote; the log's keeper compresses; whoever asks for it expires.
 */
final class SegmentPartition {
    /** How many segments one call of {@link #expire} deletes at most. */
    static final int EXPIRED_MAX = 16;

    /**
     * A segment.
     *
     * @param receivedBefore the receive time of the record before it
     * @param bytes of its file; of the active one when the log was opened
     */
    record Segment(long base, Path path, long receivedBefore, long bytes, boolean compressed) {
        static Segment of(Path path, SegmentHeader header, long bytes) {
            return new Segment(
                    header.base(), path, header.receivedBefore(), bytes, header.isCompressed());
        }
    }

    /**
     * What can be read at one moment.
     *
     * @param segments by offset; the last one is active
     * @param active the index of the active one
     * @param limit how far the active one can be read
     * @param endOffset the offset behind the last record
     */
    record State(
            List<Segment> segments,
            SegmentIndex active,
            long limit,
            long endOffset,
            boolean closed) {
        Segment last() {
            return segments.get(segments.size() - 1);
        }

        long firstOffset() {
            return segments.get(0).base();
        }

        /** The number of the segment that holds an offset. */
        int holding(long offset) {
            int at = segments.size() - 1;
            while (at > 0 && segments.get(at).base() > offset) {
                at--;
            }
            return at;
        }

        State with(List<Segment> others) {
            return new State(List.copyOf(others), active, limit, endOffset, closed);
        }
    }

    private final int number;
    private final Path folder;
    private final Disk disk;
    private final SegmentSettings settings;
    private final SegmentIndices indices;
    private final LogNotices notices;
    private final IntSupplier salts;
    private final SyncMark mark;
    private final Runnable closedOne;

    /** Held while files of closed segments are replaced or deleted; never taken while holding this object's own monitor. */
    private final Object files = new Object();

    /** Segments that are damaged, which the keeper leaves alone. */
    private final Set<Long> damaged = new HashSet<>();

    private volatile State state;

    /**
     * A partition that was opened.
     *
     * @param salts gives a number for each new segment that nobody can foresee
     * @param closedOne is run when a segment was closed
     */
    SegmentPartition(
            int number,
            Path folder,
            Disk disk,
            SegmentSettings settings,
            SegmentIndices indices,
            LogNotices notices,
            IntSupplier salts,
            SyncMark mark,
            State state,
            Runnable closedOne) {
        this.number = number;
        this.folder = folder;
        this.disk = disk;
        this.settings = settings;
        this.indices = indices;
        this.notices = notices;
        this.salts = salts;
        this.mark = mark;
        this.state = state;
        this.closedOne = closedOne;
    }

    Path folder() {
        return folder;
    }

    State state() {
        return state;
    }

    // What the committer calls.

    /** Begins a segment. */
    ActiveSegment begin(long base, long receivedBefore) throws IOException {
        SegmentHeader header = new SegmentHeader(
                SegmentHeader.RAW, number, salts.getAsInt(), base, receivedBefore);
        return ActiveSegment.create(disk, folder, header, mark);
    }

    /** Another segment is the active one now. */
    void rolled(ActiveSegment before, ActiveSegment next) {
        indices.store(before.path(), before.header(), before.position(), before.index());
        synchronized (this) {
            List<Segment> segments = new ArrayList<>(state.segments());
            segments.set(
                    segments.size() - 1,
                    Segment.of(before.path(), before.header(), before.position()));
            segments.add(Segment.of(next.path(), next.header(), SegmentHeader.BYTES));
            state = new State(
                    List.copyOf(segments),
                    next.index(),
                    next.position(),
                    state.endOffset(),
                    state.closed());
        }
        try {
            before.close();
        } catch (IOException e) {
            notices.leftAsItIs(before.path(), e);
        }
        closedOne.run();
    }

    /** What was written can be read up to here. */
    synchronized void publish(long limit, long endOffset) {
        state = new State(state.segments(), state.active(), limit, endOffset, state.closed());
        notifyAll();
    }

    boolean isFull(IOException failure, long wanted) {
        return disk.isFull(failure, folder, wanted);
    }

    void stopped(TidewatchException failure) {
        notices.stopped(folder, failure);
    }

    void leftAsItIs(Path file, Exception failure) {
        notices.leftAsItIs(file, failure);
    }

    // What readers call.

    /** Waits until there is a record at or behind an offset, at most for a time; gives whether there is. */
    synchronized boolean await(long offset, long millis) throws InterruptedException {
        long start = System.nanoTime();
        long left = millis;
        while (state.endOffset() <= offset && !state.closed() && left > 0) {
            wait(left);
            left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
        return state.endOffset() > offset;
    }

    /**
     * Opens the segment that holds an offset, at a place at or before it.
     *
     * @return null if retention just deleted it
     */
    @Nullable
    SegmentCursor open(long offset) throws IOException {
        State now = state;
        Segment segment = now.segments().get(now.holding(offset));
        SegmentCursor cursor = open(segment);
        if (cursor == null) {
            return null;
        }
        boolean placed = false;
        try {
            cursor.seek(index(now, segment, cursor).placeOf(offset));
            placed = true;
            return cursor;
        } finally {
            if (!placed) {
                cursor.close();
            }
        }
    }

    /** How far a segment can be read. */
    long limit(SegmentCursor cursor) throws IOException {
        State now = state;
        return now.last().base() == cursor.header().base() ? now.limit() : cursor.fileBytes();
    }

    /** The offset of the first record that was received at a time or later. */
    long offsetAt(long receiveMillis) throws IOException {
        while (true) {
            State now = state;
            int at = now.segments().size() - 1;
            while (at > 0 && now.segments().get(at).receivedBefore() >= receiveMillis) {
                at--;
            }
            Segment segment = now.segments().get(at);
            try (SegmentCursor cursor = open(segment)) {
                if (cursor != null) {
                    return offsetAt(now, segment, cursor, receiveMillis);
                }
            }
        }
    }

    private long offsetAt(State now, Segment segment, SegmentCursor cursor, long receiveMillis)
            throws IOException {
        cursor.seek(index(now, segment, cursor).placeOfTime(receiveMillis));
        // Asked for after the index, which may know of records that came meanwhile.
        State later = state;
        boolean active = segment.base() == later.last().base();
        long limit = active ? later.limit() : cursor.fileBytes();
        while (true) {
            LogRecord record = cursor.next(limit);
            if (record == null) {
                return active ? later.endOffset() : cursor.nextOffset();
            }
            if (record.entry().receiveMillis() >= receiveMillis) {
                return record.offset();
            }
        }
    }

    /** The places in the file that was opened: a segment that was active then may have been compressed since. */
    private SegmentIndex index(State now, Segment segment, SegmentCursor cursor)
            throws IOException {
        boolean active = segment.base() == now.last().base() && !cursor.header().isCompressed();
        return active ? now.active() : indices.of(cursor);
    }

    private @Nullable SegmentCursor open(Segment segment) throws IOException {
        try {
            return SegmentCursor.open(disk, segment.path(), number, segment.base());
        } catch (NoSuchFileException e) {
            synchronized (files) {
                if (segment.base() < state.firstOffset()) {
                    return null;
                }
            }
            throw new TidewatchException(
                    ErrorCode.LOG_CORRUPT,
                    segment.path()
                            + ": the file is missing; restore it from a copy, or, to give up what it"
                            + " held, move all older ones of its folder away and start again",
                    e);
        }
    }

    // What changes closed segments.

    /** Deletes old segments; see {@link io.tidewatch.log.EventLog#expire}. */
    void expire(long floor, long nowMillis) {
        synchronized (files) {
            for (int count = 0; count < EXPIRED_MAX && mayExpire(floor, nowMillis); count++) {
                Segment oldest = state.segments().get(0);
                try {
                    disk.delete(oldest.path());
                } catch (IOException e) {
                    notices.leftAsItIs(oldest.path(), e);
                    return;
                }
                change(oldest, null);
                forget(oldest);
            }
        }
    }

    private boolean mayExpire(long floor, long nowMillis) {
        State now = state;
        if (now.segments().size() == 1 || now.segments().get(1).base() > floor) {
            return false;
        }
        // Not nowMillis - receivedBefore: either may be far from zero.
        boolean old = settings.keepMillis() < Long.MAX_VALUE
                && now.segments().get(1).receivedBefore() < nowMillis - settings.keepMillis();
        long closedBytes = now.segments().stream()
                .limit(now.segments().size() - 1L)
                .mapToLong(Segment::bytes)
                .sum();
        return old
                || closedBytes > settings.keepBytes() - Math.min(settings.keepBytes(), now.limit());
    }

    private void forget(Segment segment) {
        try {
            indices.delete(segment.path());
        } catch (IOException e) {
            notices.leftAsItIs(SegmentIndices.file(segment.path()), e);
        }
    }

    /** Compresses the oldest closed segment that is not yet; false if there is none, or it must be tried later. */
    boolean compressOne() {
        State now = state;
        for (int i = 0; i < now.segments().size() - 1; i++) {
            Segment segment = now.segments().get(i);
            if (!segment.compressed() && !damaged.contains(segment.base())) {
                return compress(segment);
            }
        }
        return false;
    }

    private boolean compress(Segment segment) {
        Path part = segment.path()
                .resolveSibling(segment.path().getFileName() + ActiveSegment.PART_SUFFIX);
        try (SegmentCursor from = open(segment)) {
            if (from != null) {
                SegmentIndex index = Compression.compress(disk, from, part);
                replace(segment, from.header().compressed(), part, index);
            }
            return true;
        } catch (IOException e) {
            notices.leftAsItIs(segment.path(), e);
            return false;
        } catch (TidewatchException e) {
            damaged.add(segment.base());
            notices.leftAsItIs(segment.path(), e);
            return true;
        }
    }

    private void replace(Segment segment, SegmentHeader header, Path part, SegmentIndex index)
            throws IOException {
        synchronized (files) {
            if (segment.base() < state.firstOffset()) {
                disk.delete(part);
                return;
            }
            long bytes;
            try (DiskFile file = disk.open(part)) {
                bytes = file.size();
            }
            disk.rename(part, segment.path());
            change(segment, Segment.of(segment.path(), header, bytes));
            indices.store(segment.path(), header, bytes, index);
        }
    }

    private synchronized void change(Segment from, @Nullable Segment to) {
        List<Segment> segments = new ArrayList<>(state.segments());
        int at = segments.indexOf(from);
        if (to == null) {
            segments.remove(at);
        } else {
            segments.set(at, to);
        }
        state = state.with(segments);
    }

    /** No record comes any more, and none is read. */
    void close() {
        synchronized (this) {
            State now = state;
            state = new State(now.segments(), now.active(), now.limit(), now.endOffset(), true);
            notifyAll();
        }
        try (mark) {
            mark.force();
        } catch (IOException e) {
            notices.leftAsItIs(folder.resolve(SyncMark.FILE_NAME), e);
        }
    }
}
