package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitors over the rows of VALUES, alone and beside streams. */
class ValuesTest {
    /** Streams are called as the rows of VALUES might be inside. */
    private static final String CONFIG = """
            streams:
              values 1:
                fields: {ts: timestamp, k: string}
                time: {out_of_order: 0s, allowed_lateness: 1m}
                source: {file: {path: rows.jsonl}}
              one values 1: {fields: {ts: timestamp, k: string}, source: {file: {path: rows.jsonl}}}
            monitors:
              - name: one
                query: >
                  SELECT t, x FROM (VALUES (TIMESTAMP '2026-01-01 00:10:00', 1), (TIMESTAMP '2026-01-01 00:00:00', 2),
                  (TIMESTAMP '2026-01-01 00:05:00', 3)) AS v (t, x)
              - name: two
                window: 1m
                query: >
                  SELECT SUM(x) AS n FROM (VALUES (TIMESTAMP '2026-01-01 00:10:00', 4),
                  (TIMESTAMP '2026-01-01 00:00:00', 5)) AS v (t, x)
              - name: both
                query: >
                  SELECT ts, k FROM "values 1" UNION ALL SELECT t, k FROM (VALUES
                  (TIMESTAMP '2026-01-01 00:10:00', 'y'), (TIMESTAMP '2026-01-01 00:00:00', 'z')) AS v (t, k)
              - name: untimed
                query: SELECT 1 + x AS x FROM (VALUES (1), (7)) AS v (x)
            """;

    @TempDir
    private Path folder;

    @Test
    void rowsOfAllMonitorsAreReadInTheOrderOfTheirTimes() throws IOException {
        Path config = folder.resolve("values.yaml");
        Files.writeString(config, CONFIG);
        Files.writeString(
                folder.resolve("rows.jsonl"), "{\"ts\":\"2026-01-01T00:00:00Z\",\"k\":\"q\"}\n");
        CommandLineRun run =
                CommandLineRun.of("backtest", "--config", config.toString(), "--results", "-");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(results(run, "one"))
                .containsExactly("00:00:00 x=2", "00:05:00 x=3", "00:10:00 x=1");
        assertThat(results(run, "two")).containsExactly("00:00:00 n=5", "00:10:00 n=4");
        assertThat(results(run, "both"))
                .containsExactlyInAnyOrder("00:00:00 k=z", "00:00:00 k=q", "00:10:00 k=y");
        assertThat(results(run, "untimed")).containsExactly("00:00:00 x=2", "00:00:00 x=8");
        assertThat(run.err())
                .contains(
                        "one: 3 results, 0 late",
                        "two: 2 results, 0 late",
                        "both: 3 results, 0 late");
    }

    /** The time of the window's start and the last value of each result of a monitor. */
    private static List<String> results(CommandLineRun run, String monitor) {
        return run.outLines().stream()
                .filter(line -> line.startsWith("{\"monitor\":\"" + monitor + "\""))
                .map(line -> line.replaceAll(
                        ".*\"window_start\":\"[0-9-]*T([0-9:]*).*[{,]\"([a-z]+)\":\"?([a-z0-9]*)\"?},\"revision.*",
                        "$1 $2=$3"))
                .toList();
    }
}
