package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The threads of an engine, which do one kind of task at a time and wait for one another. */
final class Crew implements AutoCloseable {
    /** A task that is done. */
    static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);

    private final int size;
    private final ExecutorService threads;

    /** A crew of one has no thread of its own: the caller does the work. */
    Crew(int size) {
        this.size = size;
        AtomicInteger started = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task, "worker-" + started.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does tasks {@code 0 .. count-1} and waits for all; the failure of the first that failed is thrown. A crew of one stops at
     * it. The caller takes part, so that short tasks do not wait for a thread to wake up.
     */
    void each(int count, IntConsumer task) {
        if (size == 1 || count <= 1) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        Share share = new Share(count, task);
        for (int i = 1; i < Math.min(size, count); i++) {
            threads.execute(share);
        }
        share.run();
        share.await();
    }

    /** Tasks that several threads, the caller among them, take one after another; who comes late finds nothing left. */
    private static final class Share implements Runnable {
        private final int count;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;
        private final AtomicReferenceArray<Throwable> failures;

        Share(int count, IntConsumer task) {
            this.count = count;
            this.task = task;
            this.left = new CountDownLatch(count);
            this.failures = new AtomicReferenceArray<>(count);
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                } catch (RuntimeException | Error e) {
                    failures.set(i, e);
                } finally {
                    left.countDown();
                }
            }
        }

        /** Waits until all are done, and throws the failure of the first that failed. */
        void await() {
            try {
                left.await();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            for (int i = 0; i < count; i++) {
                rethrow(failures.get(i));
            }
        }
    }

    /**
     * Does a task after an earlier one, not waiting for it; a crew of one does it at once. After a failure nothing more is
     * done; {@link #awaitAll} throws it.
     *
     * @param earlier what this gave before, or {@link #NOTHING}
     * @param task is given {@code input}
     */
    <T> CompletableFuture<Void> after(CompletableFuture<Void> earlier, Consumer<T> task, T input) {
        if (size == 1) {
            return earlier.isCompletedExceptionally() ? earlier : done(task, input);
        }
        return earlier.thenRunAsync(() -> task.accept(input), threads);
    }

    private static <T> CompletableFuture<Void> done(Consumer<T> task, T input) {
        try {
            task.accept(input);
            return NOTHING;
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Waits for all tasks; then the failure of the first that failed is thrown. */
    static void awaitAll(List<? extends Future<?>> futures) {
        rethrow(settle(futures));
    }

    /** Waits for all tasks, and gives the failure of the first that failed, or {@code null}. */
    static @Nullable Throwable settle(List<? extends Future<?>> futures) {
        Throwable first = null;
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException e) {
                first = first == null ? e.getCause() : first;
            }
        }
        return first;
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new TidewatchException(
                    ErrorCode.INTERNAL, "a worker failed: " + failure, failure);
        }
    }

    private static TidewatchException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TidewatchException(ErrorCode.INTERNAL, "interrupted while workers ran", e);
    }
}
