package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.clock.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TidewatchCommandTest {
    private static final String COUNTS = """
            streams:
              s:
                fields: {ts: timestamp, k: string, v: long, price: 'decimal(6, 2)', d: double}
                time: {field: ts, out_of_order: 0s}
                source: {file: {path: rows.jsonl}}
            monitors:
              - name: counts
                query: SELECT k, COUNT(*) AS n, SUM(price) AS total, MAX(d) AS d FROM s GROUP BY k
                window: 10s
                alert:
                  when: n > 1
                  annotations: {summary: "{{ $labels.k }}: {{ $value.n }}"}
              - name: rows
                query: SELECT k, v FROM s WHERE v > 100
                key: k
            """;
    private static final String ROWS = """
            {"ts":"2026-01-01T00:00:01Z","k":"a","v":1,"price":1.10,"d":0.1}
            {"ts":"2026-01-01T00:00:02Z","k":"a","v":101,"price":2.20,"d":1e300}
            nonsense
            {"ts":"2026-01-01T00:00:03Z","k":"b","v":1}
            {"ts":"2026-01-01T00:00:11Z","k":"b","v":1,"price":0.05}
            {"ts":"2026-01-01T00:00:02Z","k":"b","v":1}
            """;

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void describesEveryCommand() {
        assertThat(CommandLineRun.of("--help").code()).isZero();
        assertThat(CommandLineRun.of("--help").out())
                .contains("run", "check", "test", "backtest", "demo");
        for (String command : new String[] {"run", "check", "test", "backtest", "demo"}) {
            CommandLineRun help = CommandLineRun.of(command, "--help");
            assertThat(help.code()).as(command).isZero();
            assertThat(help.out()).startsWith("Usage: tidewatch " + command);
        }
        assertThat(CommandLineRun.of("--version").out()).startsWith("tidewatch ");
    }

    @Test
    void refusesWrongUsageWithTwo() {
        assertThat(CommandLineRun.of().code()).isEqualTo(2);
        assertThat(CommandLineRun.of("fly").code()).isEqualTo(2);
        assertThat(CommandLineRun.of("backtest").err())
                .startsWith("Missing required option: '--config=FILE'");
        assertThat(CommandLineRun.of("backtest").code()).isEqualTo(2);
        assertThat(CommandLineRun.of("run", "--config", "x.yaml", "--output", "xml")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void saysInOneLineWhatFailed() {
        CommandLineRun missing =
                CommandLineRun.of("check", folder.resolve("none.yaml").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .isEqualTo(folder.resolve("none.yaml") + ": there is no such file\n");
    }

    @Test
    void writesResultsAndAlertsAsTheReferenceSays() throws IOException {
        Path config = files();
        CommandLineRun run =
                CommandLineRun.of("backtest", "--config", config.toString(), "--results", "-");
        assertThat(run.code()).isZero();
        assertThat(run.outLines())
                .containsExactly(
                        "{\"monitor\":\"rows\",\"key\":{\"k\":\"a\"},\"window_start\":\"2026-01-01T00:00:02.000Z\","
                                + "\"window_end\":\"2026-01-01T00:00:02.000Z\",\"values\":{\"v\":101},\"revision\":0,\"final\":true}",
                        "{\"monitor\":\"counts\",\"key\":{\"k\":\"a\"},\"window_start\":\"2026-01-01T00:00:00.000Z\","
                                + "\"window_end\":\"2026-01-01T00:00:10.000Z\",\"values\":{\"n\":2,\"total\":3.30,\"d\":1.0E300},\"revision\":0,\"final\":true}",
                        "{\"monitor\":\"counts\",\"key\":{\"k\":\"b\"},\"window_start\":\"2026-01-01T00:00:00.000Z\","
                                + "\"window_end\":\"2026-01-01T00:00:10.000Z\",\"values\":{\"n\":1,\"total\":null,\"d\":null},\"revision\":0,\"final\":true}",
                        "{\"monitor\":\"counts\",\"key\":{\"k\":\"b\"},\"window_start\":\"2026-01-01T00:00:10.000Z\","
                                + "\"window_end\":\"2026-01-01T00:00:20.000Z\",\"values\":{\"n\":1,\"total\":0.05,\"d\":null},\"revision\":0,\"final\":true}");
        assertThat(run.err())
                .contains("6 events in", "5 accepted, 1 refused", "rows.jsonl, line 3: ")
                .contains(
                        "future: not judged, for the input has no receive times ('ahead' was not applied)")
                .contains("counts: 3 results, 1 firing, 1 resolved, 1 late\n");
        CommandLineRun alerts =
                CommandLineRun.of("backtest", "--config", config.toString(), "--alerts", "-");
        assertThat(alerts.outLines()).hasSize(2);
        assertThat(alerts.out())
                .startsWith(
                        "{\"monitor\":\"counts\",\"labels\":{\"k\":\"a\"},\"from\":\"inactive\",\"to\":\"firing\","
                                + "\"at\":\"2026-01-01T00:00:10.000Z\",\"values\":{\"n\":2,\"total\":3.30,\"d\":1.0E300},"
                                + "\"annotations\":{\"summary\":\"a: 2\"},\"provenance\":{\"id\":\"");
    }

    @Test
    void readsSeveralFilesOfAStreamAsItsPartitions() throws IOException {
        Path config = folder.resolve("shops.yaml");
        Files.writeString(config, """
                streams:
                  sales: {fields: {ts: timestamp, shop: string}, time: {field: ts}}
                monitors:
                  - {name: counts, window: 1m, query: "SELECT shop, COUNT(*) AS n FROM sales GROUP BY shop"}
                """);
        Path first = Files.writeString(
                folder.resolve("1.csv"),
                "ts,shop\n2026-01-01T00:00:01Z,a\n2026-01-01T00:09:00Z,a\n");
        Path second =
                Files.writeString(folder.resolve("2.tsv"), "shop\tts\na\t2026-01-01T00:00:02Z\n");
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--input",
                "sales=" + first,
                "--input",
                "sales=" + second,
                "--results",
                "-");
        assertThat(run.outLines().get(0)).contains("\"n\":2");
        assertThat(run.err()).contains("3 accepted, 0 refused", "counts: 2 results, 0 late");
        assertThat(CommandLineRun.of("backtest", "--config", config.toString(), "--input", "sales")
                        .err())
                .isEqualTo("--input: 'sales' (expected: STREAM=PATH)\n");
    }

    @Test
    void endsTheInputWhereItIsTold() throws IOException {
        Path config = files();
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--results",
                "-",
                "--until",
                "2026-01-01T00:00:15Z");
        assertThat(run.outLines().get(3))
                .contains("\"window_end\":\"2026-01-01T00:00:20.000Z\"", "\"final\":false");
        CommandLineRun early = CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--results",
                "-",
                "--until",
                "2026-01-01T00:00:05Z");
        assertThat(early.outLines())
                .filteredOn(line -> line.contains("\"monitor\":\"counts\""))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"final\":false"));
        CommandLineRun part = CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--results",
                "-",
                "--from",
                "2026-01-01T00:00:02Z",
                "--to",
                "2026-01-01T00:00:03Z");
        assertThat(part.outLines()).hasSize(3);
        assertThat(part.out()).contains("\"n\":1,\"total\":2.20");
    }

    @Test
    void readsInputsFromFilesAndStandardInput() throws IOException {
        Path config = files();
        CommandLineRun run = CommandLineRun.withInput(
                "{\"ts\":\"2026-01-01T00:00:01Z\",\"k\":\"z\",\"v\":1}\n",
                "backtest",
                "--config",
                config.toString(),
                "--results",
                "-",
                "--input",
                "s=-");
        assertThat(run.outLines()).hasSize(1);
        assertThat(run.out()).contains("\"k\":\"z\"");
        CommandLineRun unknown =
                CommandLineRun.of("backtest", "--config", config.toString(), "--input", "t=x");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("declares no stream 't'");
        CommandLineRun missing =
                CommandLineRun.of("backtest", "--config", config.toString(), "--input", "s=none");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("none: there is no such file");
    }

    @Test
    void showsEveryProblemOfQueriesAndTemplatesWithItsPlace() throws IOException {
        Path config = folder.resolve("bad.yaml");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, price: long}}
                tables:
                  t: {file: none.csv, fields: {a: string}}
                monitors:
                  - name: one
                    query: SELECT COUNT(*) AS n, SUM(pirce) AS p FROM s
                    window: 1m
                  - name: two
                    query: |
                      SELECT COUNT(*) AS n
                      FROM sx
                    window: 1m
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("bad.yaml, line 4, column 3: file: there is no ")
                .contains("bad.yaml, line 7, column 38: ")
                .contains("did you mean 'price'")
                .contains("bad.yaml, line 12, column 12: ");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, k: string}}
                monitors:
                  - name: one
                    query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
                    window: 1m
                    alert:
                      when: n > 1
                      absent: {after: 1m, keys: [{x: 1}]}
                      annotations: {summary: "{{ $labels.j }}"}
                """);
        assertThat(CommandLineRun.of("check", config.toString()).err())
                .contains(
                        "bad.yaml, line 9, column 34: keys: 'x' is no column of the key (known: k)")
                .contains("bad.yaml, line 10, column 34: summary: unknown label 'j'");
    }

    @Test
    void explainsAndShowsTheEffectiveConfiguration() throws IOException {
        Path config = files();
        CommandLineRun explained = CommandLineRun.of("check", "--explain", config.toString());
        assertThat(explained.code()).isZero();
        assertThat(explained.out()).contains("counts", "rows");
        CommandLineRun effective = CommandLineRun.of("check", "--effective", config.toString());
        Path again = folder.resolve("again.yaml");
        Files.writeString(again, effective.out());
        assertThat(effective.out()).contains("out_of_order: 0s", "idle: 10s", "ahead: 10m");
        assertThat(CommandLineRun.of("check", "--effective", again.toString()).out())
                .isEqualTo(effective.out());
    }

    private Path files() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), ROWS);
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, COUNTS);
        return config;
    }

    @Test
    void refusesWhatTimeDoesNotAllow() throws IOException {
        Path config = folder.resolve("time.yaml");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, k: string, v: double}, time: {allowed_lateness: 1m}}
                monitors:
                  - name: sessions
                    query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
                    window: {gap: 10s}
                  - name: early
                    query: SELECT COUNT(*) AS n, MIN(v) AS low FROM s
                    window: 1m
                    alert: {when: n > 10 AND low > 1, evaluate: early}
                """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());
        assertThat(run.err())
                .contains(
                        "time.yaml, line 6, column 13: sessions are not amended, but stream 's' has allowed_lateness")
                .contains(
                        "time.yaml, line 10, column 19: evaluate: early: the condition may become false again");
        Files.writeString(config, """
                streams:
                  s: {fields: {ts: timestamp, k: string, v: double}, time: {allowed_lateness: 1m}}
                monitors:
                  - name: second
                    query: SELECT MAX(n) AS n FROM first
                    window: 1m
                    alert: {when: n > 10}
                  - name: first
                    query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
                    window: 1m
                    alert: {when: n > 10, evaluate: early}
                """);
        CommandLineRun derived = CommandLineRun.of("check", config.toString());
        assertThat(derived.code()).as(derived.err()).isZero();
        assertThat(derived.err())
                .contains("warning: ", "monitor 'second' reads results", "first revision alone");
    }

    @Test
    void keepsToTheLimitsOfTheFile() throws IOException {
        Path config = files();
        String limits = "limits: {keys_per_key_group: 1, record_bytes: 61}\n";
        Files.writeString(config, COUNTS + limits);
        CommandLineRun run = CommandLineRun.of("backtest", "--config", config.toString());
        assertThat(run.err())
                .contains(
                        "3 accepted, 3 refused",
                        "line 1: longer than 61 bytes (limit record_bytes)");
    }

    @Test
    void keepsTheStackTraceOfABugInAFile() throws IOException {
        Path config = files();
        CommandLineRun run = CommandLineRun.of("check", config.toString(), "--explain");
        assertThat(run.err()).doesNotContain("\tat ");
        Failures failures = new Failures(new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                false,
                Map.of(),
                new FakeClock(0)));
        CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create());
        int code = failures.handleExecutionException(
                new IllegalStateException("first line\nsecond"), line, line.parseArgs());
        assertThat(code).isEqualTo(1);
        String text = err.toString();
        assertThat(text)
                .startsWith(
                        "tidewatch: this is a bug in Tidewatch: first line\nThe details are in ")
                .doesNotContain("\tat ");
        Path kept = Path.of(text.substring(text.lastIndexOf(' ') + 1).strip());
        assertThat(kept).content().contains("IllegalStateException", "\tat ");
        Files.delete(kept);
    }
}
