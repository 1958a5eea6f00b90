package io.tidewatch.benchmarks;

import java.lang.management.ManagementFactory;

/** How much the calling thread allocates. */
final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long before = now();

    private Allocation() {}

    static Allocation start() {
        return new Allocation();
    }

    /** Since the start, on the same thread. */
    double bytes() {
        return now() - before;
    }

    private static long now() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
