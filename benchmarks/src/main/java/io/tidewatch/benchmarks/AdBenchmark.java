package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.backtest.Backtest;
import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.FileReader;
import io.tidewatch.server.log.PartitionSpec;
import io.tidewatch.server.source.FileSource;
import io.tidewatch.server.source.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** Views of advertisements per campaign and ten seconds: the pipeline, a bare loop, and one by hand with Jackson. */
final class AdBenchmark implements Benchmark {
    static final String CONFIGURATION = "ads.yaml";
    static final String STREAM = "events";

    private static final int EVENTS = 1_000_000;
    private static final int PEOPLE = 1_000;
    private static final long SEED = 7;

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        int count = effort.events(EVENTS);
        AdEvents events = events();
        byte[] lines = events.lines(count);
        Assembly assembly = Configurations.ofAds(CONFIGURATION, events);
        Path file = Files.createTempFile("tidewatch-bench", ".json");
        try {
            Files.write(file, lines);
            Contest contest = new Contest("events", count)
                    .add("bare loop", () -> bare(events, lines))
                    .add("Jackson", () -> jackson(events, lines))
                    .add("pipeline", () -> pipeline(assembly, Results.NOWHERE, lines))
                    .add("decoding alone", () -> decoding(assembly, lines))
                    .add(
                            "backtest of a file, one worker",
                            () -> backtest(assembly, FileSource.open(file), 1, Results.NOWHERE));
            contest.go(effort, report);
            report.line(String.format(
                    Locale.ROOT, "%.1f bytes per event", lines.length / (double) count));
            ratios(contest, report);
        } finally {
            Files.delete(file);
        }
    }

    static AdEvents events() {
        return new AdEvents(SEED, PEOPLE);
    }

    private static void ratios(Contest contest, Report report) {
        report.ratio(
                "time of the pipeline, in bare loops",
                contest.times("pipeline", "bare loop"),
                "at most 1.6");
        report.ratio(
                "throughput, in Jacksons", contest.times("Jackson", "pipeline"), "at least 2.7");
        report.ratio(
                "backtest of a file, in pipelines",
                contest.times("pipeline", "backtest of a file, one worker"),
                "at least 0.8");
    }

    static Contest.Body bare(AdEvents events, byte[] lines) {
        int windowsMax =
                2 + lines.length / 200 / AdEvents.EVENTS_PER_MILLI / BareAdCount.WINDOW_MILLIS;
        BareAdCount count = bareCount(events, windowsMax);
        return () -> count.count(lines);
    }

    /** A count over so many windows. */
    static BareAdCount bareCount(AdEvents events, int windows) {
        return new BareAdCount(events, AdEvents.START_MILLIS, windows);
    }

    static Contest.Body jackson(AdEvents events, byte[] lines) {
        JacksonAdCount count = new JacksonAdCount(events);
        return () -> count.count(lines);
    }

    /** Over lines in memory, each array a partition in a thread. */
    static Contest.Body pipeline(Assembly assembly, JobOutput output, byte[]... partitions) {
        return () -> {
            try (Pipeline pipeline = new Pipeline(assembly, STREAM, output, partitions.length)) {
                pipeline.take(partitions);
                pipeline.finish();
            }
        };
    }

    private static Contest.Body decoding(Assembly assembly, byte[] lines) {
        return () -> {
            try (Pipeline pipeline = new Pipeline(assembly, STREAM, Results.NOWHERE)) {
                pipeline.decodeOnly(lines);
            }
        };
    }

    /** As {@code tidewatch backtest} runs it. */
    static Contest.Body backtest(Assembly assembly, Source source, int workers, JobOutput output) {
        return () -> {
            PartitionSpec spec = new PartitionSpec(0, STREAM, source.name());
            FileReader reader =
                    new FileReader(spec, source, assembly.format(STREAM).orElseThrow());
            try (Job job = assembly.job(output, TimeRange.ALL, workers)) {
                new Backtest(job, new Intake(job, Set.of()))
                        .files(List.of(reader), OptionalLong.empty());
            }
        };
    }

    /** Every other thousand lines, so that both parts go on in time together. */
    static byte[][] halves(byte[] lines) {
        ByteArrayOutputStream[] halves = {
            new ByteArrayOutputStream(lines.length / 2), new ByteArrayOutputStream(lines.length / 2)
        };
        int start = 0;
        int count = 0;
        for (int at = 0; at < lines.length; at++) {
            if (lines[at] == '\n' && (++count % 1_000 == 0 || at == lines.length - 1)) {
                halves[(count - 1) / 1_000 % 2].write(lines, start, at + 1 - start);
                start = at + 1;
            }
        }
        return new byte[][] {halves[0].toByteArray(), halves[1].toByteArray()};
    }
}
