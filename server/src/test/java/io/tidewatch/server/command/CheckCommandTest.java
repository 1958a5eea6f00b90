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
                        line -> assertThat(line).startsWith("line 2, column 54: unknown key 'tme' (did you mean 'time'?)"),
                        line -> assertThat(line).startsWith("line 3, column 39: ").contains("did you mean 'string'?"),
                        line -> assertThat(line).startsWith("line 5, column 3: file: there is no "),
                        line -> assertThat(line).startsWith("line 7, column 93: unknown column 'm'"),
                        line -> assertThat(line).startsWith("line 7, column 105: ").contains("5x"),
                        line -> assertThat(line).startsWith("line 8, column 48: unknown column 'nn' (did you mean 'n'?)"),
                        line -> assertThat(line).startsWith("line 9, column 30: unknown column 'x'"),
                        line -> assertThat(line).startsWith("line 12, column 37: 'g' reads the results of 'f' in turn"),
                        line -> assertThat(line).startsWith("line 13, column 37: 'f' reads the results of 'g' in turn"),
                        line -> assertThat(line).startsWith("line 15, column 37: a monitor cannot read its own results"),
                        line -> assertThat(line).startsWith("line 16, column 35: unknown column 'owned' (did you mean 'owner'?)"),
                        line -> assertThat(line).startsWith("line 17, column 49: ").contains("1q"),
                        line -> assertThat(line).startsWith("line 18, column 85: x: ").contains("unknown label 'q'"));
    }

    @Test
    void showsTheFirstFiftyProblems() throws IOException {
        Path config = folder.resolve("fifty.yaml");
        StringBuilder text = new StringBuilder("streams: {s: {fields: {ts: timestamp}}}\nmonitors:\n");
        for (int i = 0; i < 60; i++) {
            text.append("  - {name: m").append(i).append(", query: SELECT nothing FROM s}\n");
        }
        Files.writeString(config, text.append("unknown: 1\n"));
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err().lines()).hasSize(51);
        assertThat(run.err()).contains("line 3, column", "line 52, column").doesNotContain("line 53,").endsWith("… and 11 more\n");
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

        assertThat(run.err()).contains("late.yaml, line 7, column 12: streams that are read together need the same allowed_lateness");
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
}
