package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Appended;
import io.tidewatch.log.Entry;
import io.tidewatch.log.EventLog;
import io.tidewatch.log.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** A log in a folder of this machine: in it a folder per partition, named by its number. One process has it open at a time. */
public final class SegmentLog implements EventLog {
    /** How long the keeper waits until it tries again what failed. */
    private static final long KEEPER_MILLIS = 60_000;

    private static final int PARTITIONS_MAX = 10_000;

    private final FolderLock lock;
    private final SegmentSettings settings;
    private final LogNotices notices;
    private final AtomicInteger openSegments = new AtomicInteger();
    private final List<SegmentPartition> partitions = new ArrayList<>();
    private final List<AppendQueue> queues = new ArrayList<>();
    private final List<Committer> committers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Thread keeper = new Thread(this::keep, "tidewatch-log-keeper");

    /** Guarded by the keeper's monitor: whether it is to look for closed segments. */
    private boolean work = true;

    private boolean closed;

    private SegmentLog(FolderLock lock, SegmentSettings settings, LogNotices notices) {
        this.lock = lock;
        this.settings = settings;
        this.notices = notices;
    }

    /**
     * Opens a log, and makes it if it is not there.
     *
     * @param partitionCount how many partitions it is to have: as many as it has, or more
     * @throws TidewatchException {@code IO_FAILED} if it is in use or cannot be read or written, {@code LOG_CORRUPT} if
     *     something durable is damaged or missing; nothing is changed then
     */
    public static SegmentLog open(
            Path folder, int partitionCount, SegmentSettings settings, LogNotices notices) {
        return open(
                folder,
                partitionCount,
                settings,
                notices,
                new SystemDisk(),
                new SecureRandom()::nextInt);
    }

    static SegmentLog open(
            Path folder,
            int partitionCount,
            SegmentSettings settings,
            LogNotices notices,
            Disk disk,
            IntSupplier salts) {
        try {
            disk.createFolder(folder);
            checkCount(folder, partitionCount);
            SegmentLog log = new SegmentLog(FolderLock.take(folder), settings, notices);
            try {
                SegmentIndices indices =
                        new SegmentIndices(disk, notices, settings.limits().indexBytes());
                for (int number = 0; number < partitionCount; number++) {
                    log.add(number, folder.resolve(Integer.toString(number)), disk, indices, salts);
                }
                log.start();
                return log;
            } catch (IOException | RuntimeException e) {
                log.committers.forEach(Committer::close);
                log.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED,
                    folder + ": the log cannot be opened: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public int partitionCount() {
        return partitions.size();
    }

    @Override
    public CompletableFuture<Appended> append(int partition, Entry entry) {
        AppendQueue queue = queues.get(partition);
        AppendQueue.Pending pending = new AppendQueue.Pending(entry, new CompletableFuture<>());
        try {
            if (pending.bytes() > settings.limits().recordBytes()) {
                throw new TidewatchException(
                        ErrorCode.LIMIT_REACHED,
                        partitions.get(partition).folder() + ": a record of " + pending.bytes()
                                + " bytes (limit record_bytes: "
                                + settings.limits().recordBytes()
                                + "); split it, or raise the limit");
            }
            queue.put(pending);
        } catch (TidewatchException e) {
            pending.done().completeExceptionally(e);
        }
        return pending.done();
    }

    @Override
    public LogReader read(int partition, long offset) {
        return new SegmentReader(
                partitions.get(partition),
                offset,
                openSegments,
                settings.limits().openSegments());
    }

    @Override
    public long firstOffset(int partition) {
        return partitions.get(partition).state().firstOffset();
    }

    @Override
    public long endOffset(int partition) {
        return partitions.get(partition).state().endOffset();
    }

    @Override
    public long offsetAt(int partition, long receiveMillis) {
        SegmentPartition target = partitions.get(partition);
        try {
            return target.offsetAt(receiveMillis);
        } catch (IOException e) {
            throw SegmentFormat.failed(target.folder(), e);
        }
    }

    @Override
    public long expire(int partition, long floor, long nowMillis) {
        partitions.get(partition).expire(floor, nowMillis);
        return firstOffset(partition);
    }

    @Override
    public void close() {
        synchronized (keeper) {
            if (closed) {
                return;
            }
            closed = true;
            keeper.notifyAll();
        }
        queues.forEach(AppendQueue::close);
        threads.forEach(SegmentLog::await);
        await(keeper);
        partitions.forEach(SegmentPartition::close);
        try {
            lock.close();
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED,
                    "the lock of the log cannot be given back: " + e.getMessage(),
                    e);
        }
    }

    private static void checkCount(Path folder, int partitionCount) {
        if (partitionCount < 1 || partitionCount > PARTITIONS_MAX) {
            throw new IllegalArgumentException("partitionCount: " + partitionCount
                    + " (expected: 1 to " + PARTITIONS_MAX + ")");
        }
        if (Files.exists(folder.resolve(Integer.toString(partitionCount)))) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID,
                    folder + ": the log has more than " + partitionCount
                            + " partitions already, and cannot have fewer; use as many as it has folders");
        }
    }

    private void add(int number, Path folder, Disk disk, SegmentIndices indices, IntSupplier salts)
            throws IOException {
        PartitionOpening.Opened opened =
                new PartitionOpening(number, folder, disk, notices, salts).open();
        ActiveSegment active = opened.active();
        SegmentPartition.State state = new SegmentPartition.State(
                opened.segments(),
                active.index(),
                opened.tail().position(),
                opened.tail().endOffset(),
                false);
        SegmentPartition partition = new SegmentPartition(
                number,
                folder,
                disk,
                settings,
                indices,
                notices,
                salts,
                opened.mark(),
                state,
                this::signal);
        AppendQueue queue = new AppendQueue(folder.toString(), settings.limits().unsyncedBytes());
        Committer committer = new Committer(partition, queue, settings, active, opened.tail());
        partitions.add(partition);
        queues.add(queue);
        committers.add(committer);
        threads.add(new Thread(committer, "tidewatch-log-" + number));
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // Nothing depends on it: compression only gives way to others.
    private void start() {
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
        keeper.setDaemon(true);
        keeper.setPriority(Thread.MIN_PRIORITY);
        keeper.start();
    }

    private void signal() {
        synchronized (keeper) {
            work = true;
            keeper.notifyAll();
        }
    }

    /** Compresses closed segments, one at a time, until the log is closed. */
    private void keep() {
        while (awaitWork()) {
            boolean any = true;
            while (any && !isClosed()) {
                any = false;
                for (SegmentPartition partition : partitions) {
                    any |= !isClosed() && partition.compressOne();
                }
            }
        }
    }

    private boolean awaitWork() {
        synchronized (keeper) {
            long start = System.nanoTime();
            while (!work && !closed && System.nanoTime() - start < KEEPER_MILLIS * 1_000_000) {
                try {
                    keeper.wait(KEEPER_MILLIS);
                } catch (InterruptedException e) {
                    // Nobody is to interrupt the thread of a log; it ends when the log is closed.
                }
            }
            work = false;
            return !closed;
        }
    }

    private boolean isClosed() {
        synchronized (keeper) {
            return closed;
        }
    }

    /** Waits until a thread of the log has ended, also if this one is interrupted: what was appended is made durable. */
    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
