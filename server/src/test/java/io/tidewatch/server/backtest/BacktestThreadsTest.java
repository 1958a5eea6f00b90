package io.tidewatch.server.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.FileReader;
import io.tidewatch.server.log.PartitionSpec;
import io.tidewatch.server.output.CopiedRow;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;
import io.tidewatch.server.source.FileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backtest gives the same on any number of threads and with parts of any size. Monitors here keep what a row held in all the
 * ways there are (keys, texts in aggregates, rows that wait, joins, exemplars), while its arrays are used again.
 */
class BacktestThreadsTest {
    private static final String OF_THE_EPOCH = "of the epoch: ";

    @TempDir
    private Path folder;

    @Test
    void threadsAndPartsMakeNoDifference() throws IOException {
        Assembly assembly = assembly();
        Choices.random("a backtest on threads", 40, choices -> {
            List<String> files = new ArrayList<>();
            int count = choices.between(1, 3);
            for (int i = 0; i < count; i++) {
                files.add(lines(choices, i));
            }
            List<String> whole = run(assembly, files, 1, 1 << 18);
            choices.record(whole);
            int bytes = choices.between(1, 3_000);
            List<String> parts = run(assembly, files, 1, bytes);
            assertSame("parts of " + bytes + " bytes", lasting(parts), lasting(whole));
            for (int threads = 2; threads <= 4; threads++) {
                assertSame(threads + " threads", run(assembly, files, threads, bytes), parts);
            }
        });
    }

    /** Of equal lists only the differences are of interest, one line each. */
    private static void assertSame(String what, List<String> actual, List<String> expected) {
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            assertThat(actual.get(i)).as("%s, line %s", what, i).isEqualTo(expected.get(i));
        }
        assertThat(actual).as(what).hasSameSizeAs(expected);
    }

    /** All but what depends on where epochs end: the values of provisionals, and which refusals of several files are first. */
    private static List<String> lasting(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith(OF_THE_EPOCH)).toList();
    }

    private static String lines(Choices choices, int file) {
        StringBuilder text = new StringBuilder();
        int rows = choices.upTo(200);
        long time = 1_700_000_000_000L + choices.upTo(5_000);
        for (int row = 0; row < rows; row++) {
            time += choices.upTo(400);
            long late = choices.oneIn(8) ? choices.upTo(20_000) : 0;
            String key = "k" + choices.upTo(6);
            String name = choices.oneIn(5) ? "null" : "\"n" + choices.upTo(40) + "\"";
            text.append(
                    choices.oneIn(12)
                            ? choices.of("{", "", "no json", "{\"k\":\"a\"}")
                            : "{\"ts\":" + (time - late) + ",\"k\":\"" + key + "\",\"name\":" + name
                                    + ",\"v\":" + choices.upTo(90) + ",\"file\":" + file + "}");
            text.append('\n');
        }
        return text.toString();
    }

    private static List<String> run(
            Assembly assembly, List<String> files, int threads, int partBytes) {
        Lines lines = new Lines();
        SortedOutput sorted = new SortedOutput(lines);
        try (Job job = assembly.job(sorted, TimeRange.ALL, threads)) {
            Intake intake = new Intake(job, Set.of());
            List<FileReader> readers = new ArrayList<>();
            for (String file : files) {
                PartitionSpec spec =
                        new PartitionSpec(readers.size(), "s", "file " + readers.size());
                readers.add(new FileReader(
                        spec, source(file), assembly.format("s").orElseThrow(), partBytes));
            }
            new Backtest(job, intake).files(readers, OptionalLong.empty());
            sorted.close();
            lines.add("accepted " + intake.accepted() + ", refused " + intake.refused());
            lines.add("late " + job.counts().late() + ", failed " + job.counts().failed());
            String kind = files.size() == 1 ? "" : OF_THE_EPOCH;
            intake.refusals().forEach(refusal -> lines.add(kind + refusal));
            job.counts().examples().forEach(example -> lines.add(kind + example));
        }
        return lines.all;
    }

    private static FileSource source(String text) {
        try {
            return FileSource.of("text", new ByteArrayInputStream(text.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came out, one line each. */
    private static final class Lines implements JobOutput {
        private final List<String> all = new ArrayList<>();

        void add(String line) {
            all.add(line);
        }

        @Override
        public void result(ResultRow row) {
            all.add(CopiedRow.of(row).toString());
        }

        @Override
        public void transition(TransitionRow row) {
            all.add((row.changesState() ? "" : OF_THE_EPOCH) + row);
        }
    }

    private Assembly assembly() throws IOException {
        Files.writeString(folder.resolve("names.csv"), "name,team\nn1,red\nn2,blue\nn3,red\n");
        String text = """
                streams:
                  s:
                    fields: {ts: {type: timestamp, format: epoch_ms}, k: string, name: string, v: long, file: long}
                    time: {field: ts, out_of_order: 2s}
                tables:
                  names: {file: names.csv, key: name, fields: {name: string, team: string}}
                monitors:
                  - name: sums
                    query: |
                      SELECT k, COUNT(*) AS n, SUM(v) AS total, MAX(name) AS greatest, FIRST_VALUE(name) AS first,
                        LAST_VALUE(name) AS latest, COUNT(DISTINCT name) AS names
                      FROM s GROUP BY k
                    window: 10s
                    alert: {when: n > 5}
                  - name: hops
                    query: SELECT name, COUNT(*) AS n FROM s WHERE v < 60 GROUP BY name
                    window: {size: 10s, hop: 2s}
                  - name: visits
                    query: SELECT k, COUNT(*) AS n, MIN(name) AS least FROM s GROUP BY k
                    window: {gap: 1s}
                  - name: teams
                    query: SELECT t.team, COUNT(*) AS n FROM s AS e JOIN names AS t ON e.name = t.name GROUP BY t.team
                    window: 10s
                  - name: early
                    query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
                    window: 30s
                    alert: {when: n > 3, evaluate: early}
                  - name: rows
                    key: [k]
                    query: SELECT k, name, v, 60 / (v - 7) AS share FROM s WHERE v < 20
                    alert: {when: v > 15}
                """;
        return Assembly.of(new ConfigurationReader(Map.of())
                .parse("threads.yaml", folder, text.getBytes(UTF_8)));
    }
}
