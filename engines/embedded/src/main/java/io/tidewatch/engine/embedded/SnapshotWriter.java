package io.tidewatch.engine.embedded;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of an engine, which a thread of its own writes while the engine goes on.
 *
 * <p>Two are in memory at most, the last that was written and the next, each into the memory of the one before the last: per
 * key group as much as the most it ever took, or up to twice that.
 */
public final class SnapshotWriter implements AutoCloseable {
    /** Where snapshots go. */
    @FunctionalInterface
    public interface Target {
        /**
         * Writes a snapshot, in the thread that writes.
         *
         * @param earlier the last that was written, if any: what has not {@linkplain Snapshot#changedSince changed} since may
         *     be left out
         */
        void write(Snapshot snapshot, @Nullable Snapshot earlier) throws IOException;
    }

    private final EmbeddedEngine engine;
    private final Target target;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "snapshots");
        created.setDaemon(true);
        return created;
    });
    private @Nullable Snapshot written;
    private @Nullable Snapshot retired;
    private @Nullable Snapshot taken;
    private @Nullable Future<?> writing;

    /** Writes snapshots of {@code engine}, which the caller closes, to {@code target}. */
    public SnapshotWriter(EmbeddedEngine engine, Target target) {
        this.engine = engine;
        this.target = target;
    }

    /** Whether the last snapshot is still being written: {@link #take} would wait for it. */
    public boolean isWriting() {
        return writing != null && !writing.isDone();
    }

    /**
     * Takes a snapshot of the state after the last epoch, in the thread that uses the engine, and has it written.
     *
     * @throws IOException if the snapshot before was not written; then none is taken, and the next call takes one
     */
    public void take() throws IOException {
        settle();
        Snapshot memory = retired;
        retired = null;
        Snapshot snapshot = engine.snapshot(memory);
        Snapshot earlier = written;
        taken = snapshot;
        writing = thread.submit(() -> {
            target.write(snapshot, earlier);
            return null;
        });
    }

    /** Waits until the last snapshot is written; what is not needed for the next is retired. */
    private void settle() throws IOException {
        if (writing == null) {
            return;
        }
        try {
            writing.get();
            retired = written;
            written = taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a snapshot was written", e);
        } catch (ExecutionException e) {
            retired = taken;
            writing = null;
            throw new IOException("a snapshot was not written: " + e.getCause(), e.getCause());
        }
        writing = null;
    }

    /** Waits until the last snapshot is written. */
    @Override
    public void close() throws IOException {
        try {
            settle();
        } finally {
            thread.shutdown();
        }
    }
}
