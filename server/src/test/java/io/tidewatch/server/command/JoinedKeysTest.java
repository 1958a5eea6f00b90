package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A join of monitors has their keys, so that no two rows of a window have the same. */
class JoinedKeysTest {
    private static final String ON =
            " ON a.k = b.k AND a.window_start = b.window_start AND a.window_end = b.window_end";

    private static final String CONFIG = """
            streams:
              s:
                fields: {ts: timestamp, k: string, n: bigint}
                source: {file: {path: rows.jsonl}}
            monitors:
              - {name: base, window: 10s, query: "SELECT k, COUNT(*) AS c FROM s GROUP BY k"}
              - {name: errs, window: 10s, query: "SELECT k, COUNT(*) AS m FROM s WHERE n >= 500 GROUP BY k"}
              - {name: hides, window: 10s, query: "SELECT COUNT(*) AS c FROM s GROUP BY k"}
              - {name: again, query: "SELECT c + 1 AS c FROM hides"}
              - {name: joined, query: "SELECT a.k, a.c, b.m FROM base AS a LEFT JOIN errs AS b ON_",
                 alert: {when: c >= 1, labels: {of: "{{ $labels.k }}"}, absent: {after: 1h, keys: [z]}}}
              - {name: sub, window: 10s,
                 query: "SELECT a.k, b.m FROM base AS a LEFT JOIN
                   (SELECT k, COUNT(*) AS m FROM s WHERE n >= 500 GROUP BY k) AS b ON a.k = b.k"}
              - {name: self, query: "SELECT a.c FROM base AS a JOIN base AS b ON_"}
              - {name: crossed, query: "SELECT a.c FROM again AS a JOIN base AS b ON
                   a.window_start = b.window_start AND a.window_end = b.window_end"}
              - {name: three, query: "SELECT j.c, e.m FROM (SELECT a.* FROM base AS a JOIN base AS b ON_) AS j JOIN errs AS e ON
                   j.k = e.k AND j.window_start = e.window_start AND j.window_end = e.window_end"}
              - {name: top, query: "SELECT c FROM (SELECT c, ROW_NUMBER() OVER (
                   PARTITION BY window_start, window_end ORDER BY c DESC) AS r FROM again) WHERE r <= 2"}
              - {name: tops, query: "SELECT a.c FROM top AS a JOIN base AS b ON
                   a.c = b.c + 1 AND a.window_start = b.window_start AND a.window_end = b.window_end"}
              - {name: union, query: "SELECT a.k, a.c FROM base AS a JOIN errs AS b ON_
                   UNION ALL SELECT a.k, a.c FROM base AS a JOIN base AS b ON_"}
              - {name: sets, window: 10s, query: "SELECT k, COUNT(*) AS c FROM s GROUP BY GROUPING SETS ((k), ())"}
              - {name: pairs, query: "SELECT a.c FROM sets AS a JOIN base AS b ON
                   a.window_start = b.window_start AND a.window_end = b.window_end",
                 alert: {when: c >= 1, labels: {of: pairs}}}
              - {name: renamed, query: "SELECT c AS k FROM base"}
              - {name: total, query: "SELECT SUM(c) AS c FROM again GROUP BY window_start, window_end"}
            """.replace("ON_", ON.strip());

    @TempDir
    private Path folder;

    @Test
    void theKeyIsThatOfBothSides() throws IOException {
        Path config = folder.resolve("joins.yaml");
        Files.writeString(config, CONFIG);
        Files.writeString(folder.resolve("rows.jsonl"), """
                {"ts":"2026-01-01T00:00:00Z","k":"a","n":500}
                {"ts":"2026-01-01T00:00:01Z","k":"b","n":200}
                {"ts":"2026-01-01T00:00:02Z","k":"b","n":200}
                """);
        CommandLineRun run = CommandLineRun.backtest(config, folder.resolve("alerts"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.rows("hides")).containsExactlyInAnyOrder("{k:a} {c:1}", "{k:b} {c:2}");
        assertThat(run.rows("again")).containsExactlyInAnyOrder("{k:a} {c:2}", "{k:b} {c:3}");
        assertThat(run.rows("joined"))
                .containsExactlyInAnyOrder("{k:a} {c:1,m:1}", "{k:b} {c:2,m:null}");
        assertThat(run.rows("sub")).containsExactlyInAnyOrder("{k:a} {m:1}", "{k:b} {m:null}");
        assertThat(run.rows("self")).containsExactlyInAnyOrder("{k:a} {c:1}", "{k:b} {c:2}");
        assertThat(run.rows("crossed"))
                .containsExactlyInAnyOrder(
                        "{k:a,k_2:a} {c:2}",
                        "{k:a,k_2:b} {c:2}",
                        "{k:b,k_2:a} {c:3}",
                        "{k:b,k_2:b} {c:3}");
        assertThat(run.rows("three")).containsExactly("{k:a} {c:1,m:1}");
        assertThat(run.rows("top")).containsExactlyInAnyOrder("{k:a} {c:2}", "{k:b} {c:3}");
        assertThat(run.rows("tops"))
                .containsExactlyInAnyOrder("{k:a,k_2:a} {c:2}", "{k:b,k_2:b} {c:3}");
        assertThat(run.rows("union"))
                .containsExactlyInAnyOrder("{k:a} {c:1}", "{k:a} {c:1}", "{k:b} {c:2}");
        assertThat(run.rows("pairs"))
                .containsExactlyInAnyOrder(
                        "{k:a,k_2:a} {c:1}",
                        "{k:a,k_2:b} {c:1}",
                        "{k:b,k_2:a} {c:2}",
                        "{k:b,k_2:b} {c:2}",
                        "{k_2:a} {c:3}",
                        "{k_2:b} {c:3}");
        assertThat(run.rows("renamed")).containsExactlyInAnyOrder("{k:a} {k:1}", "{k:b} {k:2}");
        assertThat(run.rows("total")).containsExactly("{} {c:5}");
        assertThat(Files.readString(folder.resolve("alerts")))
                .contains(
                        "\"labels\":{\"k\":\"a\",\"of\":\"a\"}",
                        "\"labels\":{\"k\":\"b\",\"of\":\"b\"}",
                        "\"labels\":{\"k_2\":\"b\",\"of\":\"pairs\"}");
    }
}
