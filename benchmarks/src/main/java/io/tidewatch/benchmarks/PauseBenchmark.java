package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** For how long the garbage collector stops a pipeline of a million keys at half load, and what the pipeline allocates. */
final class PauseBenchmark implements Benchmark {
    private static final int WINDOWS_AT_FULL_SPEED = 1;
    private static final int WINDOWS_AT_HALF = 3;
    private static final double LOAD = 0.5;

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        Assembly assembly =
                Configurations.assembly(CardinalityBenchmark.CONFIGURATION, Path.of("."));
        int keys = effort.events(CardinalityBenchmark.MANY);
        long full = (long) WINDOWS_AT_FULL_SPEED * CardinalityBenchmark.EVENTS_PER_KEY * keys;
        run(assembly, keys, full, KeyedPipeline.Pace.FULL);
        long start = System.nanoTime();
        run(assembly, keys, full, KeyedPipeline.Pace.FULL);
        double perSecond = full / ((System.nanoTime() - start) / 1e9);
        report.line(String.format(
                Locale.ROOT, "at full speed %.2f million events per second", perSecond / 1e6));

        long count = (long) WINDOWS_AT_HALF * CardinalityBenchmark.EVENTS_PER_KEY * keys;
        Allocation ofRows = Allocation.start();
        KeyedPipeline.generate(CardinalityBenchmark.rows(keys, count));
        double rows = ofRows.bytes();
        try (Pauses pauses = Pauses.record()) {
            Allocation allocation = Allocation.start();
            run(assembly, keys, count, pace(perSecond * LOAD));
            double allocated = allocation.bytes();
            report(pauses.stop(), report);
            report.line(String.format(
                    Locale.ROOT,
                    "allocated per event: %.1f bytes, and %.1f by the rows themselves",
                    (allocated - rows) / count,
                    rows / count));
        }
    }

    private static void report(Pauses.Found found, Report report) {
        report.line(String.format(
                Locale.ROOT,
                "%d pauses in %.0f s; median %.1f ms",
                found.count(),
                found.seconds(),
                found.quantile(0.5)));
        found.longest(5).forEach(report::line);
        report.ratio("longest pause in ms", found.quantile(1), "at most 10");
    }

    private static void run(Assembly assembly, int keys, long count, KeyedPipeline.Pace pace) {
        KeyedPipeline.run(assembly, CardinalityBenchmark.rows(keys, count), Results.NOWHERE, pace);
    }

    /** So many rows per second; who is behind does not wait. */
    static KeyedPipeline.Pace pace(double rowsPerSecond) {
        long start = System.nanoTime();
        return rowsSoFar -> {
            long due = start + (long) (rowsSoFar / rowsPerSecond * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, Duration.ofMillis(10).toNanos()));
            }
        };
    }
}
