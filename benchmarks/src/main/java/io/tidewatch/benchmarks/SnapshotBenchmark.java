package io.tidewatch.benchmarks;

import io.tidewatch.engine.embedded.Snapshot;
import io.tidewatch.engine.embedded.Updates;
import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What it costs to keep the state of a count and a sum of a million keys in a file, again each second, and how fast it is
 * continued from.
 */
final class SnapshotBenchmark implements Benchmark {
    private static final int WINDOWS = 2;
    private static final long SECOND_NANOS = 1_000_000_000;

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        Assembly assembly =
                Configurations.assembly(CardinalityBenchmark.CONFIGURATION, Path.of("."));
        int keys = effort.events(CardinalityBenchmark.MANY);
        Path file = Files.createTempFile("tidewatch-bench", ".snapshot");
        try {
            running(assembly, keys, file, effort, report);
            restoring(assembly, keys, file, effort, report);
        } finally {
            Files.delete(file);
        }
    }

    private static void running(
            Assembly assembly, int keys, Path file, Effort effort, Report report)
            throws IOException {
        long count = (long) WINDOWS * CardinalityBenchmark.EVENTS_PER_KEY * keys;
        SnapshotCosts costs = new SnapshotCosts();
        Contest contest = new Contest("events", count)
                .add(
                        "no snapshots",
                        () -> () -> run(
                                assembly, CardinalityBenchmark.rows(keys, count), updates -> {}))
                .add(
                        "a snapshot every second",
                        () -> () -> runWithSnapshots(
                                assembly,
                                CardinalityBenchmark.rows(keys, count),
                                SECOND_NANOS,
                                file,
                                costs,
                                updates -> {}))
                .go(effort.longBodies(), report);
        report.line(costs.summary());
        report.ratio(
                "time with snapshots, of that without, by the clock",
                contest.clockTimes("a snapshot every second", "no snapshots"),
                "at most 1.1");
        report.ratio(
                "the same by processor time, with the thread that writes",
                contest.times("a snapshot every second", "no snapshots"),
                "printed");
    }

    /** The pipeline from its first row to the end of its input. */
    private static void run(Assembly assembly, KeyedRows rows, Consumer<Updates> output) {
        try (KeyedEngine engine = new KeyedEngine(assembly, output)) {
            while (rows.hasNext()) {
                engine.epoch(rows);
            }
            engine.finish();
        }
    }

    /** As {@link #run}, with a snapshot after an epoch again when so much processor time has passed. */
    static void runWithSnapshots(
            Assembly assembly,
            KeyedRows rows,
            long intervalNanos,
            Path file,
            SnapshotCosts costs,
            Consumer<Updates> output)
            throws IOException {
        try (KeyedEngine engine = new KeyedEngine(assembly, output);
                TimedSnapshots snapshots = new TimedSnapshots(engine, intervalNanos, file, costs)) {
            while (rows.hasNext()) {
                engine.epoch(rows);
                snapshots.afterEpoch();
            }
            engine.finish();
        }
    }

    private static void restoring(
            Assembly assembly, int keys, Path file, Effort effort, Report report)
            throws IOException {
        Files.write(file, almostAWindow(assembly, keys).toBytes());
        Contest contest = new Contest("keys", keys)
                .add(
                        "reading and checking the file",
                        () -> () -> Snapshot.parse(Files.readAllBytes(file)))
                .add("restore", () -> () -> restore(assembly, file))
                .go(effort, report);
        report.line(String.format(
                Locale.ROOT,
                "bytes per key of a snapshot: %.1f",
                (double) Files.size(file) / keys));
        report.ratio(
                "million keys restored per second of processor time",
                contest.millionsPerSecond("restore"),
                "at least 2");
    }

    /** The state behind all rows of a window but the last, so that it is open and has every key. */
    private static Snapshot almostAWindow(Assembly assembly, int keys) {
        KeyedRows rows = CardinalityBenchmark.rows(
                keys, CardinalityBenchmark.EVENTS_PER_KEY * (long) keys - 1);
        try (KeyedEngine engine = new KeyedEngine(assembly, updates -> {})) {
            while (rows.hasNext()) {
                engine.epoch(rows);
            }
            return engine.snapshot();
        }
    }

    private static void restore(Assembly assembly, Path file) throws IOException {
        try (KeyedEngine engine = new KeyedEngine(assembly, updates -> {})) {
            engine.restore(Snapshot.parse(Files.readAllBytes(file)));
        }
    }
}
