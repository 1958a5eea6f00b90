package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Appended;
import io.tidewatch.log.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits to be written to a partition: many threads put, one takes. */
final class AppendQueue {
    /** An append, and whom to tell of it. */
    record Pending(Entry entry, CompletableFuture<Appended> done) {
        long bytes() {
            return SegmentFormat.bytesMax(entry);
        }
    }

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final String name;
    private final long bytesMax;

    /** Of what waits, and of what was taken and is not durable yet. */
    private long bytes;

    private boolean closed;

    AppendQueue(String name, long bytesMax) {
        this.name = name;
        this.bytesMax = bytesMax;
    }

    /**
     * Puts an append behind the others.
     *
     * @throws TidewatchException {@code LIMIT_REACHED} if too much waits already
     */
    synchronized void put(Pending append) {
        if (closed) {
            throw new IllegalStateException(name + ": the log is closed");
        }
        if (bytes > 0 && bytes + append.bytes() > bytesMax) {
            throw new TidewatchException(
                    ErrorCode.LIMIT_REACHED,
                    name + ": " + bytes + " bytes wait to be durable (limit unsynced_bytes: "
                            + bytesMax + "); append again a little later");
        }
        bytes += append.bytes();
        waiting.add(append);
        notifyAll();
    }

    /**
     * Takes what waits, or as much of it as is written in one piece; waits for it.
     *
     * @param groupBytes how much is written in one piece, but for a single greater record
     * @param waitNanos how long to wait at most
     * @return empty if nothing came, or if the queue is closed
     */
    synchronized List<Pending> take(long groupBytes, long waitNanos) {
        long start = System.nanoTime();
        long left = waitNanos;
        while (waiting.isEmpty() && !closed && left > 0) {
            try {
                // Rounded up: a wait of 0 would be one without end.
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                // Nobody is to interrupt the thread of a log; it ends when the log is closed.
            }
            left = waitNanos - (System.nanoTime() - start);
        }
        List<Pending> group = new ArrayList<>();
        long taken = 0;
        while (!waiting.isEmpty()
                && (group.isEmpty() || taken + waiting.element().bytes() <= groupBytes)) {
            Pending next = waiting.remove();
            taken += next.bytes();
            group.add(next);
        }
        return group;
    }

    /** Bytes that were taken need no room any more. */
    synchronized void release(long count) {
        bytes -= count;
    }

    /** Whether nothing comes any more and nothing is left. */
    synchronized boolean isDrained() {
        return closed && waiting.isEmpty();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
