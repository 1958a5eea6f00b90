package io.tidewatch.server.log;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes things ahead of their use, in a thread of its own that starts with the first one asked for. At most {@link #COUNT_MAX}
 * wait; then the thread waits.
 */
final class Ahead<T> implements AutoCloseable {
    static final int COUNT_MAX = 4;

    private static final long CLOSE_MILLIS = 1_000;

    private final BlockingQueue<Made<T>> made = new ArrayBlockingQueue<>(COUNT_MAX);
    private final Supplier<T> source;
    private final Thread thread;
    private boolean started;

    /** What was made, or why not. */
    private record Made<T>(@Nullable T thing, @Nullable RuntimeException failure) {}

    Ahead(String name, Supplier<T> source) {
        this.source = source;
        this.thread = new Thread(this::make, "tidewatch-" + name);
        thread.setDaemon(true);
    }

    /** The next thing; what its making threw is thrown here, and nothing comes after it. */
    T next() {
        if (!started) {
            started = true;
            thread.start();
        }
        try {
            Made<T> next = made.take();
            if (next.thing == null) {
                throw next.failure == null ? new IllegalStateException("nothing") : next.failure;
            }
            return next.thing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TidewatchException(ErrorCode.INTERNAL, "interrupted while reading", e);
        }
    }

    /** Ends the thread; waits a while for it, since one that reads from a pipe may not notice. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() {
        try {
            boolean failed = false;
            while (!failed && !Thread.currentThread().isInterrupted()) {
                Made<T> next = one();
                failed = next.failure != null;
                made.put(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Made<T> one() {
        try {
            return new Made<>(source.get(), null);
        } catch (RuntimeException e) {
            return new Made<>(null, e);
        }
    }
}
