package io.tidewatch.server.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.command.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows and transitions are marked where rows that they may be made of are missing. */
class IncompleteTest {
    /** In the first minute the sum of key a does not fit. */
    private static final String CONFIG = """
            limits: {distinct_values: 1}
            streams:
              s: {fields: {ts: timestamp, k: string, v: bigint}, source: {file: {path: s.csv, format: csv}}}
            monitors:
              - {name: sums, window: 1m, query: "SELECT k, SUM(v) AS v FROM s GROUP BY k"}
              - name: top
                window: 1m
                query: >
                  SELECT k, v, n FROM (SELECT k, v, ROW_NUMBER() OVER (ORDER BY v DESC) AS n
                  FROM (SELECT k, SUM(v) AS v FROM s GROUP BY k)) WHERE n < 2
                alert: {when: v > 0}
              - name: joined
                window: 1m
                query: >
                  SELECT a.k, a.c, b.v FROM (SELECT k, COUNT(*) AS c FROM s GROUP BY k) AS a
                  JOIN (SELECT k, SUM(v) AS v FROM s GROUP BY k) AS b ON a.k = b.k
              - {name: read, query: "SELECT k, v FROM sums"}
              - {name: total, window: 1m, query: "SELECT COUNT(*) AS c FROM sums"}
              - {name: slow, window: {size: 2m, hop: 1m}, query: "SELECT COUNT(*) AS c FROM sums"}
              - name: estimate
                window: 1m
                query: SELECT COUNT(DISTINCT v) AS d FROM s
                alert: {when: d > 1}
            """;

    private static final String EVENTS = """
            2026-01-01T00:00:01Z,a,9223372036854775807
            2026-01-01T00:00:02Z,a,1
            2026-01-01T00:00:03Z,b,2
            2026-01-01T00:01:04Z,a,3
            2026-01-01T00:03:04Z,a,3
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeInput() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), CONFIG);
        Files.writeString(folder.resolve("s.csv"), "ts,k,v\n" + EVENTS);
    }

    @Test
    void rowsOfLaterLinksAndMonitorsAreMarked() throws IOException {
        SuiteFile.passes(folder, """
                config: config.yaml
                start: 2026-01-01T00:00:00Z
                tests:
                  - name: marks
                    input:
                      s:
                        - {at: +1s, k: b, v: 2}
                        - {at: +64s, k: a, v: 3}
                    expect:
                      results:
                        sums: {exactly: [{k: b, v: 2, incomplete: false}, {k: a, v: 3, incomplete: false}]}
                        top: {exactly: [{k: b, incomplete: false}, {k: a, incomplete: false}]}
                        slow: {exactly: [{c: 1, incomplete: false}, {c: 2, incomplete: false},
                          {c: 1, incomplete: false}]}
                """);
        assertThat(results())
                .contains(
                        row("sums", "{\"k\":\"b\"}", 0, "{\"v\":2}", ""),
                        row("sums", "{\"k\":\"a\"}", 1, "{\"v\":3}", ""),
                        row("top", "{\"k\":\"b\"}", 0, "{\"v\":2,\"n\":1}", MARK),
                        row("top", "{\"k\":\"a\"}", 1, "{\"v\":3,\"n\":1}", ""),
                        row("joined", "{\"k\":\"b\"}", 0, "{\"c\":1,\"v\":2}", MARK),
                        row("joined", "{\"k\":\"a\"}", 1, "{\"c\":1,\"v\":3}", ""),
                        row("total", "{}", 0, "{\"c\":1}", MARK),
                        row("total", "{}", 1, "{\"c\":1}", ""));
        assertThat(results().stream().filter(line -> line.contains("\"read\"")))
                .hasSize(3)
                .first()
                .asString()
                .endsWith(MARK + "}");
        assertThat(results().stream()
                        .filter(line -> line.contains("\"slow\""))
                        .map(line -> line.endsWith(MARK + "}")))
                .containsExactly(true, true, false, false, false);
    }

    @Test
    void transitionsAreMarkedAsTheirRows() throws IOException {
        List<String> alerts = lines("--alerts");
        assertThat(alerts.stream()
                        .filter(line -> line.contains("\"top\""))
                        .map(line -> line.contains("\"values\":{\"v\":2,\"n\":1}" + MARK + ","))
                        .toList())
                .startsWith(true, false);
        assertThat(alerts.stream().filter(line -> line.contains("\"estimate\"")))
                .first()
                .asString()
                .contains("\"values\":{\"d\":3},\"approximate\":true,\"provenance\"");
        CommandLineRun text =
                CommandLineRun.of("backtest", "--config", folder.resolve("config.yaml") + "");
        assertThat(text.out() + text.err()).contains("v=2, n=1  incomplete", "d=3  approximate");
    }

    private static final String MARK = ",\"incomplete\":true";

    private static String row(String monitor, String key, int minute, String values, String mark) {
        return "{\"monitor\":\"" + monitor + "\",\"key\":" + key
                + ",\"window_start\":\"2026-01-01T00:0"
                + minute + ":00.000Z\",\"window_end\":\"2026-01-01T00:0" + (minute + 1)
                + ":00.000Z\",\"values\":" + values + ",\"revision\":0,\"final\":true" + mark + "}";
    }

    private List<String> results() throws IOException {
        return lines("--results");
    }

    private List<String> lines(String option) throws IOException {
        Path file = folder.resolve("lines.jsonl");
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                folder.resolve("config.yaml").toString(),
                option,
                file.toString());
        assertThat(run.code()).as(run.err()).isZero();
        return Files.readAllLines(file);
    }
}
