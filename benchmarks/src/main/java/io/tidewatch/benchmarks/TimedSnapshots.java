package io.tidewatch.benchmarks;

import io.tidewatch.engine.embedded.Snapshot;
import io.tidewatch.engine.embedded.SnapshotWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes a snapshot now and then, which is written to a file. A second is one of processor time of the pipeline's thread: on a
 * quiet machine the clock's, and on a busy one as many events as on a quiet one.
 */
final class TimedSnapshots implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SnapshotWriter writer;
    private final long intervalNanos;
    private final Path file;
    private final SnapshotCosts costs;
    private long last = THREADS.getCurrentThreadCpuTime();

    /** @param intervalNanos of processor time of the thread that makes this */
    TimedSnapshots(KeyedEngine engine, long intervalNanos, Path file, SnapshotCosts costs) {
        this.writer = engine.snapshotWriter((snapshot, earlier) -> write(snapshot));
        this.intervalNanos = intervalNanos;
        this.file = file;
        this.costs = costs;
    }

    /** Takes a snapshot if it is time to. */
    void afterEpoch() throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        if (start - last < intervalNanos) {
            return;
        }
        last = start;
        writer.take();
        costs.heldUp((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }

    private void write(Snapshot snapshot) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        try (OutputStream out = Files.newOutputStream(file)) {
            snapshot.writeTo(out);
        }
        costs.written((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
