package io.tidewatch.log.segment;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Appended;
import io.tidewatch.log.Entry;
import io.tidewatch.log.LogRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes a partition. It takes all appends that wait, writes them in one piece, forces them to disk
 * together, and acknowledges them; meanwhile the next ones gather.
 *
 * <p>A write that fails for want of room is cut off again, and what was to be written fails with {@code LOG_FULL}; the next
 * group is tried anew. After any other failure the partition is read-only. Above all a failed force is not repeated: systems
 * drop the pages that they could not write, and the next force would claim success (as PostgreSQL found in 2018).
 */
final class Committer implements Runnable, Closeable {
    private static final long GROUP_BYTES = 1 << 22;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** How long to wait while nothing is to be forced. */
    private static final long IDLE_NANOS = 60_000 * NANOS_PER_MILLI;

    /** A record of a group: what is answered for it, and where in the segment it stands. */
    private record Written(Appended answer, long position) {}

    private final SegmentPartition partition;
    private final AppendQueue queue;
    private final SegmentSettings settings;
    private ByteWriter buffer = new ByteWriter(BUFFER_BYTES);
    private ActiveSegment active;
    private long endOffset;
    private long received;
    private @Nullable TidewatchException failure;

    /** Bytes of the queue that were written and not forced, and since when there are any. */
    private long unsyncedBytes;

    private long unsyncedSince;

    Committer(
            SegmentPartition partition,
            AppendQueue queue,
            SegmentSettings settings,
            ActiveSegment active,
            TailScan.Tail tail) {
        this.partition = partition;
        this.queue = queue;
        this.settings = settings;
        this.active = active;
        this.endOffset = tail.endOffset();
        this.received = tail.received();
    }

    @Override
    public void run() {
        while (!queue.isDrained()) {
            List<AppendQueue.Pending> group = queue.take(GROUP_BYTES, waitNanos());
            long bytes = group.stream().mapToLong(AppendQueue.Pending::bytes).sum();
            try {
                commit(group, bytes);
            } catch (RuntimeException | Error e) {
                refuse(group, stop("a failure inside", e));
            }
        }
        sync();
        close();
    }

    private long waitNanos() {
        if (unsyncedBytes == 0) {
            return IDLE_NANOS;
        }
        long left = settings.syncMillis() * NANOS_PER_MILLI - (System.nanoTime() - unsyncedSince);
        return Math.max(0, left);
    }

    private void commit(List<AppendQueue.Pending> group, long bytes) {
        unsyncedSince = unsyncedBytes == 0 ? System.nanoTime() : unsyncedSince;
        unsyncedBytes += bytes;
        List<Written> written = write(group);
        if (written.isEmpty()) {
            queue.release(bytes);
            unsyncedBytes -= bytes;
        }
        boolean sync = settings.durability() == Durability.SYNC
                || waitNanos() == 0
                || unsyncedBytes > settings.limits().unsyncedBytes() / 2;
        if (sync) {
            sync();
        }
        if (failure != null) {
            refuse(group, failure);
        } else if (!written.isEmpty()) {
            acknowledge(group, written);
        }
    }

    private void acknowledge(List<AppendQueue.Pending> group, List<Written> written) {
        partition.publish(active.position(), endOffset);
        // Not before: whoever finds a place in the index can read there.
        for (Written record : written) {
            active.index()
                    .addSparsely(
                            record.answer.offset(),
                            record.answer.receiveMillis(),
                            record.position,
                            SegmentIndex.INTERVAL_BYTES);
        }
        for (int i = 0; i < written.size(); i++) {
            group.get(i).done().complete(written.get(i).answer);
        }
    }

    /** Writes a group in one piece; gives what is to be answered, or nothing if all were refused. */
    private List<Written> write(List<AppendQueue.Pending> group) {
        if (group.isEmpty()) {
            return List.of();
        }
        TidewatchException refusal = failure == null ? roll() : failure;
        if (refusal != null) {
            refuse(group, refusal);
            return List.of();
        }
        List<Written> written = encode(group);
        try {
            active.write(buffer);
        } catch (IOException e) {
            refuse(group, afterWrite(e));
            return List.of();
        }
        Appended last = written.get(written.size() - 1).answer;
        endOffset = last.offset() + group.get(group.size() - 1).entry().rowCount();
        received = last.receiveMillis();
        return written;
    }

    /** Encodes a group into the buffer; gives where in the segment each record will stand. */
    private List<Written> encode(List<AppendQueue.Pending> group) {
        if (buffer.array().length > GROUP_BYTES + GROUP_BYTES) {
            buffer = new ByteWriter(BUFFER_BYTES);
        }
        buffer.truncate(0);
        List<Written> written = new ArrayList<>();
        long offset = endOffset;
        long latest = received;
        for (AppendQueue.Pending pending : group) {
            Entry entry = pending.entry();
            latest = Math.max(latest, entry.receiveMillis());
            LogRecord record = new LogRecord(offset, entry.receivedAt(latest));
            written.add(
                    new Written(new Appended(offset, latest), active.position() + buffer.size()));
            SegmentFormat.write(buffer, active.header().salt(), active.synced(), record);
            offset = record.nextOffset();
        }
        return written;
    }

    /** Begins another segment if this one is full; gives why that failed. */
    private @Nullable TidewatchException roll() {
        boolean empty = endOffset == active.header().base();
        if (empty || active.position() < settings.limits().segmentBytes()) {
            return null;
        }
        sync();
        if (failure != null) {
            return failure;
        }
        try {
            ActiveSegment next = partition.begin(endOffset, received);
            partition.rolled(active, next);
            active = next;
            return null;
        } catch (IOException e) {
            return afterWrite(e);
        }
    }

    /** What to say after a write that failed: whether there is no room, or nothing can be written any more. */
    private TidewatchException afterWrite(IOException cause) {
        try {
            active.cut();
        } catch (IOException e) {
            cause.addSuppressed(e);
            return stop("what was partly written cannot be cut off", cause);
        }
        if (partition.isFull(cause, buffer.size())) {
            return new TidewatchException(
                    ErrorCode.LOG_FULL,
                    partition.folder() + ": no room is left (" + cause.getMessage()
                            + "); free some, or let retention keep less, and append again",
                    cause);
        }
        return stop("cannot be written", cause);
    }

    /** Forces to disk what was written, unless the partition is read-only; if it fails, it is from then on. */
    private void sync() {
        if (failure == null) {
            try {
                active.sync();
            } catch (IOException e) {
                stop("cannot be forced to disk, so what was written last may be lost", e);
            }
        }
        queue.release(unsyncedBytes);
        unsyncedBytes = 0;
    }

    private TidewatchException stop(String what, Throwable cause) {
        TidewatchException stopped = new TidewatchException(
                ErrorCode.LOG_READ_ONLY,
                partition.folder() + ": " + what + ": " + cause
                        + "; nothing more is accepted until the log is"
                        + " opened again, reading goes on",
                cause);
        if (failure == null) {
            failure = stopped;
            partition.stopped(stopped);
        }
        return stopped;
    }

    /** Tells those who were not told yet. */
    private static void refuse(List<AppendQueue.Pending> group, TidewatchException why) {
        group.forEach(pending -> pending.done().completeExceptionally(why));
    }

    /** Gives up the file. {@link #run} does so at its end; only a committer that never ran is to be closed otherwise. */
    @Override
    public void close() {
        try {
            active.close();
        } catch (IOException e) {
            partition.leftAsItIs(active.path(), e);
        }
    }
}
