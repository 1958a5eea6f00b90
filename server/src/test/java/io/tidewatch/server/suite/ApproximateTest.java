package io.tidewatch.server.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.command.CommandLineRun;
import io.tidewatch.server.output.CopiedRow;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TextRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are marked where a limit of {@code limits:} makes them an estimate or a part, and wherever they are passed on. */
class ApproximateTest {
    private static final String CONFIG = """
            limits: {distinct_values: 2, percentile_buckets: 1, window_rows: 2}
            streams:
              s: {fields: {ts: timestamp, k: string, v: bigint}, source: {file: {path: s.csv, format: csv}}}
              l:
                fields: {ts: timestamp, k: string, v: bigint}
                time: {field: ts, out_of_order: 0s, allowed_lateness: 5m, amend_every: 1s}
            monitors:
              - {name: d, window: 1m, query: "SELECT k, COUNT(DISTINCT v) AS d FROM s GROUP BY k"}
              - {name: exact, window: 1m, query: "SELECT k, COUNT(*) AS c FROM s GROUP BY k"}
              - {name: p, window: 1m, query: "SELECT k, APPROX_PERCENTILE(v, 0.5) AS p FROM s GROUP BY k"}
              - {name: h, window: 1m, query: "SELECT k, COUNT(*) AS c FROM s GROUP BY k HAVING COUNT(DISTINCT v) > 1"}
              - name: top
                window: 1m
                query: >
                  SELECT k, d, n FROM (SELECT k, d, ROW_NUMBER() OVER (ORDER BY d DESC) AS n
                  FROM (SELECT k, COUNT(DISTINCT v) AS d FROM s GROUP BY k)) WHERE n < 3
              - name: joined
                window: 1m
                query: >
                  SELECT a.k, a.c, b.d FROM (SELECT k, COUNT(*) AS c FROM s GROUP BY k) AS a
                  JOIN (SELECT k, COUNT(DISTINCT v) AS d FROM s GROUP BY k) AS b ON a.k = b.k
              - {name: read, query: "SELECT k, d FROM d"}
              - {name: total, window: 1m, query: "SELECT SUM(d) AS total FROM d"}
              - name: listed
                query: SELECT k, v FROM TABLE(SESSION(TABLE s, DESCRIPTOR(ts), DESCRIPTOR(k), INTERVAL '30' SECOND))
              - {name: amended, window: 1m, query: "SELECT k, COUNT(DISTINCT v) AS d FROM l GROUP BY k HAVING COUNT(*) < 4"}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), CONFIG);
        Files.writeString(folder.resolve("s.csv"), """
                ts,k,v
                2026-01-01T00:00:01Z,a,1
                2026-01-01T00:00:02Z,a,200
                2026-01-01T00:00:03Z,a,30000
                2026-01-01T00:00:04Z,b,1
                2026-01-01T00:00:05Z,b,1
                """);
    }

    @Test
    void rowsAreMarkedWhereverTheyArePassedOn() throws IOException {
        SuiteFile.passes(folder, """
                config: config.yaml
                start: 2026-01-01T00:00:00Z
                tests:
                  - name: marks
                    input:
                      s:
                        - {at: +1s, k: a, v: 1}
                        - {at: +2s, k: a, v: 200}
                        - {at: +3s, k: a, v: 30000}
                        - {at: +4s, k: b, v: 1}
                        - {at: +5s, k: b, v: 1}
                        - {at: +6s, k: c, v: 1}
                        - {at: +7s, k: c, v: 2}
                    expect:
                      results:
                        d: {exactly: [{k: a, d: 3, approximate: true}, {k: b, d: 1, approximate: false},
                          {k: c, d: 2, approximate: false}]}
                        exact: [{k: a, c: 3, approximate: false}]
                        p: [{k: a, approximate: true}, {k: b, approximate: false}]
                        h: {exactly: [{k: a, approximate: true}, {k: c, approximate: false}]}
                        top: {exactly: [{k: a, n: 1, approximate: true}, {k: c, n: 2, approximate: false}]}
                        joined: [{k: a, c: 3, d: 3, approximate: true}, {k: b, d: 1, approximate: false}]
                        read: [{k: a, d: 3, approximate: true}, {k: b, d: 1, approximate: false}]
                        total: {exactly: [{total: 6, approximate: false}]}
                        listed: {exactly: [{k: a, v: 1, approximate: true}, {k: a, v: 200, approximate: true},
                          {k: b, v: 1, approximate: false}, {k: b, v: 1, approximate: false},
                          {k: c, v: 1, approximate: false}, {k: c, v: 2, approximate: false}]}
                """);
    }

    @Test
    void amendmentsAndWhatTheyWithdrawAreMarked() throws IOException {
        SuiteFile.passes(folder, """
                config: config.yaml
                start: 2026-01-01T00:00:00Z
                tests:
                  - name: amendments
                    input:
                      l:
                        - {at: +1s, k: a, v: 1}
                        - {at: +2s, k: a, v: 2}
                        - {at: +70s, k: z, v: 1}
                        - {at: +3s, k: a, v: 3}
                        - {at: +80s, k: z, v: 1}
                        - {at: +4s, k: a, v: 4}
                        - {at: +90s, k: z, v: 1}
                    expect:
                      results:
                        amended:
                          - {k: a, d: 2, revision: 0, approximate: false}
                          - {k: a, d: 3, withdrawn: false, approximate: true}
                          - {k: a, withdrawn: true, approximate: true}
                """);
    }

    @Test
    void outputSaysSo() throws IOException {
        Path config = folder.resolve("one.yaml");
        Files.writeString(
                config,
                CONFIG.substring(0, CONFIG.indexOf("  l:\n"))
                        + CONFIG.substring(
                                CONFIG.indexOf("monitors:"), CONFIG.indexOf("  - {name: exact")));
        Path results = folder.resolve("results.jsonl");
        CommandLineRun json = CommandLineRun.of(
                "backtest", "--config", config.toString(), "--results", results.toString());
        assertThat(json.code()).as(json.err()).isZero();
        assertThat(Files.readString(results))
                .contains(
                        "\"values\":{\"d\":3},\"revision\":0,\"final\":true,\"approximate\":true}",
                        "\"values\":{\"d\":1},\"revision\":0,\"final\":true}");
        ResultRow row = new CopiedRow(
                "d",
                List.of(),
                ByteBuffer.allocate(0),
                0,
                60_000,
                List.of(),
                0,
                true,
                false,
                false,
                true,
                true);
        assertThat(TextRows.of(row)).endsWith("  approximate  incomplete");
    }

    @Test
    void withoutTheLimitsNothingIsMarked() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"), CONFIG.substring(CONFIG.indexOf("streams:")));
        SuiteFile.passes(folder, """
                config: config.yaml
                start: 2026-01-01T00:00:00Z
                tests:
                  - name: none
                    input:
                      s: [{at: +1s, k: a, v: 1}, {at: +2s, k: a, v: 200}, {at: +3s, k: a, v: 30000}]
                    expect:
                      results:
                        d: {exactly: [{d: 3, approximate: false}]}
                        p: {exactly: [{approximate: false}]}
                        listed: {exactly: [{v: 1, approximate: false}, {v: 200}, {v: 30000}]}
                """);
    }

    @Test
    void limitsHaveARange() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"),
                CONFIG.replace("distinct_values: 2", "distinct_values: 0"));
        CommandLineRun run =
                CommandLineRun.of("check", folder.resolve("config.yaml").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("line 1, column ", "distinct_values");
    }
}
