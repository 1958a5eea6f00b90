package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.source.FileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * The pipeline of {@link AdBenchmark} on two cores beside one, by the clock, so nothing else should run meanwhile. Two cores of a
 * virtual machine may be one of the real one: bare loops show what two threads that share nothing get.
 */
final class CoresBenchmark implements Benchmark {
    private static final int EVENTS = 2_000_000;

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        int count = effort.events(EVENTS);
        AdEvents events = AdBenchmark.events();
        byte[] lines = events.lines(count);
        byte[][] halves = AdBenchmark.halves(lines);
        Assembly assembly = Configurations.ofAds(AdBenchmark.CONFIGURATION, events);
        Path file = Files.createTempFile("tidewatch-bench", ".json");
        try {
            Files.write(file, lines);
            Contest contest = new Contest("events", count)
                    .add("bare loop", () -> AdBenchmark.bare(events, lines))
                    .add(
                            "bare loop, a half on each core",
                            () -> together(
                                    AdBenchmark.bare(events, halves[0]),
                                    AdBenchmark.bare(events, halves[1])))
                    .add(
                            "one partition, one core",
                            () -> AdBenchmark.pipeline(assembly, Results.NOWHERE, lines))
                    .add(
                            "two partitions, two cores",
                            () -> AdBenchmark.pipeline(assembly, Results.NOWHERE, halves))
                    .add("backtest of a file, one core", () -> ofFile(assembly, file, 1))
                    .add("backtest of a file, two cores", () -> ofFile(assembly, file, 2))
                    .go(effort, report);
            report.line(String.format(
                    Locale.ROOT,
                    "two bare loops that share nothing, of one, by the clock: %.2f",
                    contest.clockTimes("bare loop", "bare loop, a half on each core")));
            report.ratio(
                    "two partitions on two cores, of one on one, by the clock",
                    contest.clockTimes("one partition, one core", "two partitions, two cores"),
                    "at least 1.8");
            report.ratio(
                    "backtest of a file on two cores, of one core, by the clock",
                    contest.clockTimes(
                            "backtest of a file, one core", "backtest of a file, two cores"),
                    "at least 1.6");
            Files.write(file, CodecBenchmark.packed(lines));
            packed(effort.longBodies(), report, assembly, file, count);
        } finally {
            Files.delete(file);
        }
    }

    /** How far the backtest of a packed file is from its bound, the thread that inflates. */
    private static void packed(
            Effort effort, Report report, Assembly assembly, Path file, int count)
            throws IOException {
        Contest contest = new Contest("events", count)
                .add(
                        "inflating alone",
                        () -> () -> CodecBenchmark.inflate(Files.newInputStream(file)))
                .add("backtest of gzip, one core", () -> ofFile(assembly, file, 1))
                .add("backtest of gzip, two cores", () -> ofFile(assembly, file, 2))
                .go(effort, report);
        report.ratio(
                "backtest of gzip on two cores, of inflating alone, by the clock",
                contest.clockTimes("backtest of gzip, two cores", "inflating alone"),
                "printed");
    }

    private static Contest.Body ofFile(Assembly assembly, Path file, int workers)
            throws IOException {
        return AdBenchmark.backtest(assembly, FileSource.open(file), workers, Results.NOWHERE);
    }

    /** What two threads that share nothing get of the machine. */
    private static Contest.Body together(Contest.Body here, Contest.Body there) {
        return () -> {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> run(there));
            here.run();
            other.join();
        };
    }

    private static void run(Contest.Body body) {
        try {
            body.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
