package io.tidewatch.benchmarks;

import io.tidewatch.engine.embedded.Snapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot now and then, which a thread of its own writes to a file. A second is one of processor time of the pipeline's
 * thread: on a quiet machine the clock's, and on a busy one as many events as on a quiet one.
 */
final class SnapshotWriter implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Takes none. */
    static final SnapshotWriter NONE = new SnapshotWriter(null, 0, new SnapshotCosts());

    private final @Nullable Path file;
    private final long intervalNanos;
    private final SnapshotCosts costs;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "snapshots");
        created.setDaemon(true);
        return created;
    });
    private long last = THREADS.getCurrentThreadCpuTime();
    private @Nullable Snapshot previous;
    private @Nullable Future<?> writing;

    private SnapshotWriter(@Nullable Path file, long intervalNanos, SnapshotCosts costs) {
        this.file = file;
        this.intervalNanos = intervalNanos;
        this.costs = costs;
    }

    /** @param intervalNanos of processor time of the thread that makes this */
    static SnapshotWriter every(long intervalNanos, Path file, SnapshotCosts costs) {
        return new SnapshotWriter(file, intervalNanos, costs);
    }

    /** Takes a snapshot if it is time to. */
    void afterEpoch(KeyedEngine engine) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        if (file == null || start - last < intervalNanos) {
            return;
        }
        last = start;
        settle();
        Snapshot snapshot = engine.snapshot(previous);
        previous = snapshot;
        double heldUp = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        Path to = file;
        writing = thread.submit(() -> {
            write(snapshot, to, heldUp);
            return null;
        });
    }

    private void write(Snapshot snapshot, Path to, double heldUp) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        Files.write(to, snapshot.toBytes());
        costs.add(heldUp, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }

    /** Waits until the last snapshot is in the file. */
    private void settle() throws IOException {
        if (writing == null) {
            return;
        }
        try {
            writing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a snapshot was written", e);
        } catch (ExecutionException e) {
            throw new IOException("a snapshot was not written: " + e.getCause(), e);
        }
    }

    @Override
    public void close() throws IOException {
        settle();
        thread.shutdown();
    }
}
