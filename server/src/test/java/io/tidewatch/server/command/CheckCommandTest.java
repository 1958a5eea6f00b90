package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of configurations that are wrong, or probably not meant. */
class CheckCommandTest {
    private static final String EXPLAINED = """
            streams:
              s: {fields: {ts: timestamp, k: string, x: bigint, d: double}}
            tables:
              t: {file: t.csv, fields: {k: string, owner: string}}
            monitors:
              - name: every
                window: 1m
                query: SELECT COUNT(*) AS n, COUNT(DISTINCT k) AS keys FROM s
              - name: pairs
                window: 1m
                query: |
                  SELECT a.k, a.n, b.m FROM (SELECT k, COUNT(*) AS n FROM s GROUP BY k) AS a
                  LEFT JOIN (SELECT k, MAX(x + 1) AS m FROM s WHERE d > 1 GROUP BY k HAVING MAX(x) > 2) AS b
                  ON a.k = b.k AND a.n > b.m
              - name: top
                window: 1m
                query: |
                  SELECT k, n, r FROM (SELECT k, n, ROW_NUMBER() OVER (ORDER BY n DESC) AS r
                  FROM (SELECT k, COUNT(*) AS n FROM s GROUP BY k)) WHERE r <= 3
              - name: owned
                query: SELECT s.k, owner FROM s JOIN t ON s.k = t.k WHERE x > 2
                key: k
                alert: {when: owner = 'b'}
            """;

    @TempDir
    private Path folder;

    @Test
    void warnsOfIntegerRatiosAndRefusesThemInConditions() throws IOException {
        Path config = folder.resolve("ratio.yaml");
        String text = """
                streams:
                  s:
                    fields: {ts: timestamp, k: string, bad: bigint, every: bigint}
                    source: {file: {path: ratio.jsonl}}
                monitors:
                  - name: ratios
                    query: SELECT k, SUM(bad) / SUM(every) AS r FROM s GROUP BY k
                    window: 1m
                  - name: high
                    query: SELECT k, 100 * r AS percent FROM ratios
                    alert: {when: percent > CONDITION}
                """;
        Files.writeString(config, text.replace("percent > CONDITION", "k = 'x'"));
        Files.writeString(folder.resolve("ratio.jsonl"), "");
        Files.writeString(folder.resolve("ratio.test.yaml"), """
                config: ratio.yaml
                tests: [{name: nothing, input: {}, expect: {alerts: []}}]
                """);
        String warning =
                "ratio.yaml, line 7, column 22: '/' between integers drops the remainder: write"
                        + " CAST(SUM(bad) AS DOUBLE) / SUM(every) if that is not meant";
        for (CommandLineRun run : List.of(
                CommandLineRun.of("check", config.toString()),
                CommandLineRun.of("backtest", "--config", config.toString()),
                CommandLineRun.of("run", "--config", config.toString(), "--for", "1ms"),
                CommandLineRun.of("test", folder.resolve("ratio.test.yaml").toString()))) {
            assertThat(run.err()).contains("warning: ").containsOnlyOnce(warning);
        }
        Files.writeString(config, text.replace("CONDITION", "5"));
        CommandLineRun refused = CommandLineRun.of("check", config.toString());

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("ratio.yaml, line 11, column 19: this rests on a division of integers")
                .contains("write CAST(SUM(bad) AS DOUBLE) / SUM(every) at ")
                .contains("ratio.yaml, line 7, column 22");
    }

    @Test
    void showsTheIndependentProblemsOfAllStagesInOrder() throws IOException {
        Path config = folder.resolve("many.yaml");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, k: string, v: bigint}, tme: {field: ts}}
                  broken: {fields: {ts: timestamp, k: strin}}
                tables:
                  t: {file: none.csv, fields: {k: string, owner: string}}
                monitors:
                  - {name: a, query: "SELECT k, COUNT(*) AS n FROM s GROUP BY k", window: 1m, alert: {when: m > 1, for: 5x}}
                  - {name: b, query: "SELECT k, n FROM a WHERE nn > 1"}
                  - {name: c, query: "SELECT x FROM s"}
                  - {name: d, query: "SELECT x FROM c"}
                  - {name: e, query: "SELECT k FROM broken WHERE k > 1"}
                  - {name: f, query: "SELECT k FROM g"}
                  - {name: g, query: "SELECT k FROM f"}
                  - {name: h, query: "SELECT k FROM g"}
                  - {name: i, query: "SELECT k FROM i"}
                  - {name: j, query: "SELECT s.k, owned FROM s JOIN t ON s.k = t.k"}
                  - {name: k, query: "SELECT k FROM s", window: 1q}
                  - {name: l, query: "SELECT k FROM s", alert: {when: k = 'a', annotations: {x: "{{ $labels.q }}"}}}
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines().map(line -> line.substring(line.indexOf(", line ") + 2)))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "line 2, column 54: unknown key 'tme' (did you mean 'time'?)"),
                        line -> assertThat(line)
                                .startsWith("line 3, column 39: ")
                                .contains("did you mean 'string'?"),
                        line -> assertThat(line).startsWith("line 5, column 3: file: there is no "),
                        line -> assertThat(line)
                                .startsWith("line 7, column 93: unknown column 'm'"),
                        line -> assertThat(line)
                                .startsWith("line 7, column 105: ")
                                .contains("5x"),
                        line -> assertThat(line)
                                .startsWith(
                                        "line 8, column 48: unknown column 'nn' (did you mean 'n'?)"),
                        line -> assertThat(line)
                                .startsWith("line 9, column 30: unknown column 'x'"),
                        line -> assertThat(line)
                                .startsWith(
                                        "line 12, column 37: 'g' reads the results of 'f' in turn"),
                        line -> assertThat(line)
                                .startsWith(
                                        "line 13, column 37: 'f' reads the results of 'g' in turn"),
                        line -> assertThat(line)
                                .startsWith(
                                        "line 15, column 37: a monitor cannot read its own results"),
                        line -> assertThat(line)
                                .startsWith(
                                        "line 16, column 35: unknown column 'owned' (did you mean 'owner'?)"),
                        line -> assertThat(line)
                                .startsWith("line 17, column 49: ")
                                .contains("1q"),
                        line -> assertThat(line)
                                .startsWith("line 18, column 85: x: ")
                                .contains("unknown label 'q'"));
    }

    @Test
    void showsTheFirstFiftyProblems() throws IOException {
        Path config = folder.resolve("fifty.yaml");
        StringBuilder text =
                new StringBuilder("streams: {s: {fields: {ts: timestamp}}}\nmonitors:\n");
        for (int i = 0; i < 60; i++) {
            text.append("  - {name: m").append(i).append(", query: SELECT nothing FROM s}\n");
        }
        Files.writeString(config, text.append("unknown: 1\n"));
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err().lines()).hasSize(51);
        assertThat(run.err())
                .contains("line 3, column", "line 52, column")
                .doesNotContain("line 53,")
                .endsWith("… and 11 more\n");
    }

    @Test
    void streamsThatAreReadTogetherHaveTheSameLateness() throws IOException {
        Path config = folder.resolve("late.yaml");
        Files.writeString(config, """
                streams:
                  a: {fields: {ts: timestamp, k: string}, time: {allowed_lateness: 1m}}
                  b: {fields: {ts: timestamp, k: string}}
                monitors:
                  - name: both
                    window: 1m
                    query: SELECT k, COUNT(*) AS n FROM (SELECT k FROM a UNION ALL SELECT k FROM b) GROUP BY k
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err())
                .contains(
                        "late.yaml, line 7, column 12: streams that are read together need the same allowed_lateness");
    }

    @Test
    void saysInTheWordsOfTheFileWhichSettingsOfAnAlertCannotBeTogether() throws IOException {
        Path config = folder.resolve("alerts.yaml");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, k: string, v: bigint}}
                monitors:
                  - name: early
                    query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
                    window: 1m
                    alert: {when: n > 1, evaluate: early, for: 1m}
                  - name: sessions
                    query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
                    window: {gap: 1m}
                    alert: {when: n > 1, evaluate: early, absent: 5m, no_data: keep}
                  - name: labels
                    query: SELECT k, v FROM s
                    key: k
                    alert: {when: v > 1, labels: {n: "{{ $value.v }}"}, absent: {after: 5m, keys: [{q: a}]}}
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err())
                .doesNotContain("Millis", "[", "expected:")
                .contains(
                        "line 7, column 43: for: what is evaluated early is told at once",
                        "line 11, column 19: evaluate: early: not for sessions",
                        "line 11, column 43: absent: a session ends when its key is silent",
                        "line 11, column 55: no_data: only windows on a grid miss rows",
                        "line 15, column 39: labels: 'n' reads $value, which changes while labels stay",
                        "line 15, column 84: keys: 'q' is no column of the key (known: k)");
    }

    @Test
    void keysAreListedOnlyWhereOneNamesASeries() throws IOException {
        Path config = folder.resolve("listed.yaml");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, k: string}}
                  t: {fields: {ts: timestamp, k: string}}
                monitors:
                  - name: both
                    query: SELECT k, COUNT(*) AS c FROM s GROUP BY k UNION ALL SELECT k, COUNT(*) AS c FROM t GROUP BY k
                    window: 1m
                    alert: {when: c > 1, absent: {after: 5m, keys: [a]}}
                  - name: placed
                    query: SELECT c, place FROM (SELECT k, c, ROW_NUMBER() OVER (ORDER BY c DESC) AS place FROM (
                      SELECT k, COUNT(*) AS c FROM s GROUP BY k UNION ALL SELECT k, COUNT(*) AS c FROM t GROUP BY k))
                      WHERE place <= 5
                    window: 1m
                    alert: {when: c > 1, absent: {after: 5m, keys: [a]}}
                  - name: above
                    query: SELECT c FROM both
                    alert: {when: c > 1, absent: {after: 5m, keys: [a]}}
                  - name: sets
                    query: SELECT COUNT(*) AS c FROM s GROUP BY ROLLUP(k)
                    window: 1m
                    alert: {when: c > 1, absent: {after: 5m, keys: [a]}}
                  - name: learned
                    query: SELECT c FROM both
                    alert: {when: c > 1, absent: 5m}
                  - name: one
                    query: SELECT k, COUNT(*) AS c FROM s GROUP BY k
                    window: 1m
                    alert: {when: c > 1, absent: {after: 5m, keys: [a]}}
                  - name: summed
                    query: SELECT k, SUM(c) AS c FROM both GROUP BY k
                    window: 2m
                    alert: {when: c > 1, absent: {after: 5m, keys: [a]}}
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err().lines().filter(line -> line.contains("keys:")))
                .allMatch(line -> line.contains("write learn: true instead, or a monitor for each"))
                .extracting(line -> line.replaceAll(".*line (\\d+, column \\d+): keys: .*", "$1"))
                .containsExactly("8, column 53", "14, column 53", "17, column 53", "21, column 53");
    }

    @Test
    void explainsTheLinksWhatIsSharedAndWhichStateIsKept() throws IOException {
        Path config = folder.resolve("explain.yaml");
        Files.writeString(folder.resolve("t.csv"), "k,owner\na,b\n");
        Files.writeString(config, EXPLAINED);
        CommandLineRun run = CommandLineRun.of("check", "--explain", config.toString());

        assertThat(run.code()).as(run.err()).isZero();
        String bytes = "about [0-9]+ bytes";
        assertThat(run.out().replaceAll(bytes, "about N bytes")).isEqualTo("""
                link 0 (level 0): groups in windows: tumble 1m
                  for every
                  reads stream s
                    columns: k
                  key: none, one group
                  COUNT(*)
                  COUNT(DISTINCT VARCHAR) of k
                  gives n = COUNT(*), keys = COUNT(DISTINCT VARCHAR) of k
                  state: one group, about N bytes per pane, one per window; sets of distinct values grow to 1000 values
                link 1 (level 0): groups in windows: tumble 1m
                  for pairs (for a later link), top (for a later link) (shared)
                  reads stream s
                    columns: k
                  key: k
                  COUNT(*)
                  pairs: gives k, n = COUNT(*)
                  top: gives k, n = COUNT(*)
                  state: about N bytes per key and pane, one per window; at most 20000 keys in each of 128 key groups
                link 2 (level 0): groups in windows: tumble 1m
                  for pairs (for a later link)
                  reads stream s
                    where d > 1E0
                    columns: k, x + 1, x
                  key: k
                  MAX(BIGINT) of x + 1
                  MAX(BIGINT) of x
                  keeps MAX(BIGINT) of x > 2
                  gives k, m = MAX(BIGINT) of x + 1
                  state: about N bytes per key and pane, one per window; at most 20000 keys in each of 128 key groups
                link 3 (level 1): pairs of rows of one window
                  for pairs
                  reads link 1
                    columns: k, n
                  reads link 2
                    columns: k, m
                  on the window and left.k = right.k and left.n > right.m
                  rows of the left without a partner stay, with NULL on the right
                  gives k = left.k, n = left.n, m = right.m
                  key: k
                  state: rows, until their window closes
                link 4 (level 1): the first 3 rows of each window
                  for top
                  reads link 1
                    columns: k, n
                  ordered by n DESC, per window
                  keeps ROW_NUMBER() <= 3
                  gives k, n, r = ROW_NUMBER()
                  key: k
                  state: rows, until their window closes
                link 5 (level 0): single rows
                  for owned
                  reads stream s
                    join t by k
                    where x > 2
                    columns: k, owner
                  gives k, owner
                  key: k
                  state: rows, until the watermark passes their time
                alerts of owned
                  state: in each of 128 key groups at most 10000 keys that are pending, firing or awaited; about N bytes per key
                """);
    }

    @Test
    void explainsWhichLinksAreFoldedTogether() throws IOException {
        Path config = folder.resolve("folds.yaml");
        Files.writeString(config, """
                streams:
                  s:
                    fields: {ts: timestamp, k: string}
                    time: {field: ts}
                monitors:
                  - {name: a, window: 10s, query: "SELECT k, COUNT(*) AS n FROM s GROUP BY k"}
                  - {name: b, window: {size: 1m, hop: 10s}, query: "SELECT k, COUNT(*) AS n FROM s GROUP BY k"}
                  - {name: c, window: 20s, query: "SELECT k, COUNT(*) AS n FROM s GROUP BY k"}
                """);
        CommandLineRun run = CommandLineRun.of("check", "--explain", config.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> line.contains("link") || line.contains("fold")))
                .containsExactly(
                        "link 0 (level 0): groups in windows: tumble 10s",
                        "  folds rows once with link 1: their panes are the same",
                        "link 1 (level 0): groups in windows: hop 1m every 10s",
                        "  folds rows once with link 0: their panes are the same",
                        "link 2 (level 0): groups in windows: tumble 20s");
    }

    @Test
    void explainsWhatGrows() throws IOException {
        Path config = folder.resolve("growing.yaml");
        Files.writeString(config, """
                streams:
                  s:
                    fields: {ts: timestamp, k: string, x: bigint}
                    time: {field: ts, allowed_lateness: 1m}
                monitors:
                  - name: m
                    window: 1m
                    query: >
                      SELECT k, APPROX_COUNT_DISTINCT(x) AS d, APPROX_PERCENTILE(x, 0.5) AS p, AVG(x) AS a
                      FROM s GROUP BY k
                    alert: {when: d > 1, on_amend: amend}
                """);
        CommandLineRun run = CommandLineRun.of("check", "--explain", config.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "; APPROX_COUNT_DISTINCT grows to 4 KiB; APPROX_PERCENTILE grows to 4096 buckets"
                                + " of 2 to 10 bytes for each sign\n",
                        "alerts of m\n",
                        "10000 keys that are pending, firing or awaited, 100000 evaluations that may be amended;");
    }

    @Test
    void showsFormatsAndPathsThatCannotBeReadWhereTheyStand() throws IOException {
        Path config = folder.resolve("formats.yaml");
        Files.writeString(config, """
                streams:
                  a:
                    fields:
                      ts: timestamp
                      k: {type: string, path: "a..b[x]"}
                      l: {type: string, path: "a["}
                  b:
                    fields: {ts: timestamp}
                    time:
                      format: "YYYY-qq"
                  c:
                    fields: {ts: timestamp, w: string}
                    time: {zone: Europe/Berln}
                    source:
                      file: {path: x.log, format: regex, pattern: "(?<w>[a-z)"}
                monitors:
                  - {name: m, query: "SELECT k FROM a"}
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err().lines())
                .anySatisfy(line -> assertThat(line).contains("line 5, ", "path"))
                .anySatisfy(line -> assertThat(line).contains("line 6, ", "path"))
                .anySatisfy(line -> assertThat(line).contains("line 10, ", "YYYY-qq"))
                .anySatisfy(line -> assertThat(line).contains("line 13, ", "perhaps Europe/Berlin"))
                .anySatisfy(line -> assertThat(line).contains("line 15, ", "pattern"));
    }

    @Test
    void warnsWhereAmendmentsAreNotRead() throws IOException {
        Path config = folder.resolve("amended.yaml");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, k: string}, time: {allowed_lateness: 1m}}
                monitors:
                  - {name: first, window: 1m, query: "SELECT k, COUNT(*) AS n FROM s GROUP BY k"}
                  - {name: most, window: 1m, query: "SELECT MAX(n) AS n FROM (SELECT k, COUNT(*) AS n FROM s GROUP BY k)"}
                  - {name: derived, query: "SELECT k FROM first WHERE n > 1"}
                  - {name: again, query: "SELECT k FROM derived"}
                  - {name: rows, query: "SELECT k FROM s"}
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err().lines())
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).contains("amendments of stream 's' are late for it"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("amended.yaml, line 5, ", "'most'"),
                        line -> assertThat(line).contains("amended.yaml, line 6, ", "'derived'"),
                        line -> assertThat(line).contains("amended.yaml, line 7, ", "'again'"));
    }
}
