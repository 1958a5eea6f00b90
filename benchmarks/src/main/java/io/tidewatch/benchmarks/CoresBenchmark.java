package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.source.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pipeline of {@link AdBenchmark} on two cores beside one, by the clock, so nothing else should run meanwhile. */
final class CoresBenchmark implements Benchmark {
    private static final int EVENTS = 2_000_000;

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        int count = effort.events(EVENTS);
        AdEvents events = AdBenchmark.events();
        byte[] lines = events.lines(count);
        List<byte[]> halves = AdBenchmark.halves(lines);
        Assembly assembly = Configurations.ofAds(AdBenchmark.CONFIGURATION, events);
        Path file = Files.createTempFile("tidewatch-bench", ".json");
        try {
            Files.write(file, lines);
            Contest contest = new Contest("events", count)
                    .add(
                            "one partition, one core",
                            () -> AdBenchmark.pipeline(assembly, lines, Results.NOWHERE))
                    .add(
                            "two partitions, two cores",
                            () -> AdBenchmark.backtest(
                                    assembly, AdBenchmark.inMemory(halves), 2, Results.NOWHERE))
                    .add("backtest of a file, one core", () -> ofFile(assembly, file, 1))
                    .add("backtest of a file, two cores", () -> ofFile(assembly, file, 2))
                    .go(effort, report);
            report.ratio(
                    "two partitions on two cores, of one on one, by the clock",
                    contest.clockTimes("one partition, one core", "two partitions, two cores"),
                    "at least 1.8");
            report.ratio(
                    "backtest of a file on two cores, of one core, by the clock",
                    contest.clockTimes(
                            "backtest of a file, one core", "backtest of a file, two cores"),
                    "at least 1.6");
        } finally {
            Files.delete(file);
        }
    }

    private static Contest.Body ofFile(Assembly assembly, Path file, int workers)
            throws IOException {
        return AdBenchmark.backtest(
                assembly, List.of(FileSource.open(file)), workers, Results.NOWHERE);
    }
}
