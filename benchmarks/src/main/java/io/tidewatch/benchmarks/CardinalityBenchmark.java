package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.log.PartitionSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** A count and a sum per key and ten seconds: of a thousand keys, and of a million. */
final class CardinalityBenchmark implements Benchmark {
    static final String CONFIGURATION = "keyed.yaml";

    /** Of each key in a window. */
    static final int EVENTS_PER_KEY = 10;

    static final int MANY = 1_000_000;

    private static final int WINDOW_MILLIS = 10_000;
    private static final int FEW = 1_000;
    private static final int WINDOWS_OF_MANY = 2;

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        Assembly assembly = Configurations.assembly(CONFIGURATION, Path.of("."));
        int many = effort.events(MANY);
        long count = (long) WINDOWS_OF_MANY * EVENTS_PER_KEY * many;
        Contest contest = new Contest("events", count)
                .add("the rows alone", () -> () -> KeyedPipeline.generate(rows(FEW, count)))
                .add("1,000 keys", () -> body(assembly, FEW, count))
                .add("1,000,000 keys", () -> body(assembly, many, count))
                .go(effort.longBodies(), report);
        report.ratio(
                "throughput with many keys, of that with few",
                contest.times("1,000 keys", "1,000,000 keys"),
                "at least 0.33");
        report.ratio(
                "bytes of memory per key and open window",
                (double) bytesOfOpenWindow(assembly, many) / many,
                "at most 120");
    }

    /**
     * By how much the heap grows, garbage collected, while one window takes all its rows: the groups of the final stage, and
     * what the stages keep from epoch to epoch.
     */
    static long bytesOfOpenWindow(Assembly assembly, int keys) {
        KeyedRows rows = rows(keys, (long) keys * EVENTS_PER_KEY);
        try (Job job = assembly.job(Results.NOWHERE, TimeRange.ALL, 1)) {
            job.partition(new PartitionSpec(0, "events", "memory"));
            long before = usedBytes();
            KeyedPipeline.give(rows, job, KeyedPipeline.Pace.FULL);
            job.epoch();
            return usedBytes() - before;
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Contest.Body body(Assembly assembly, int keys, long count) {
        return () -> KeyedPipeline.run(assembly, rows(keys, count), Results.NOWHERE);
    }

    /** Ten rows of each key per window. */
    static KeyedRows rows(int keys, long count) {
        return new KeyedRows(keys, (double) keys * EVENTS_PER_KEY / WINDOW_MILLIS, count);
    }
}
