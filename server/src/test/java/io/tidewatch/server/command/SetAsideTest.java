package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes no part is shown with its place and reason, and the rest goes on. */
class SetAsideTest {
    private static final String CONFIGURATION = """
            streams:
              sales:
                fields: {ts: timestamp, shop: string, units: long}
                time: {field: ts, out_of_order: 1s, ahead: 10m}
                source: {stdin: {format: json}}
            monitors:
              - name: totals
                query: SELECT shop, SUM(units) AS total FROM sales GROUP BY shop
                window: 10s
              - name: best
                query: |
                  SELECT shop, 100 / total AS part
                  FROM (SELECT shop, SUM(units) AS total FROM sales GROUP BY shop)
                  WHERE MOD(60, total) >= 0
                window: 10s
            """;

    @TempDir
    private Path folder;

    @Test
    void showsWhereLateRowsStandAndWhatTheyCameAfter() throws IOException {
        CommandLineRun run = backtest(row(0, "a", "1"), row(30, "a", "1"), row(3, "b", "2"));
        assertThat(run.err())
                .contains("totals: 2 results, 1 late\n")
                .contains("  late: totals: " + folder.resolve("sales.jsonl")
                        + ", record 3, event time 2026-01-01T00:00:03.000Z: it came when the watermark"
                        + " had passed 2026-01-01T00:00:10.000Z\n");
    }

    @Test
    void showsTheKeyThatFailed() throws IOException {
        CommandLineRun run =
                backtest(row(0, "a", "9223372036854775807"), row(1, "a", "1"), row(2, "b", "7"));
        assertThat(run.err())
                .contains(
                        "totals: 1 result, 0 late, 1 failed\n",
                        "best: 1 result, 0 late, 1 failed\n")
                .contains(
                        "  failed: totals: the window that ends at 2026-01-01T00:00:10.000Z {shop=a}:"
                                + " NUMERIC_OVERFLOW: the sum 9223372036854775808 does not fit BIGINT");
    }

    @Test
    void everyMonitorShowsItsFirst() throws IOException {
        Path config = Files.writeString(folder.resolve("two.yaml"), """
                streams:
                  sales: {fields: {ts: timestamp, shop: string, units: long}, time: {field: ts}}
                monitors:
                  - {name: often, query: "SELECT MOD(7, units) AS r FROM sales"}
                  - {name: once, query: "SELECT MOD(7, units - 1) AS r FROM sales"}
                """);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rows.append(row(i, "a", "0"));
        }
        Path input = Files.writeString(folder.resolve("sales.jsonl"), rows + row(20, "a", "1"));
        CommandLineRun run = CommandLineRun.of(
                "backtest", "--config", config.toString(), "--input", "sales=" + input);
        assertThat(run.err())
                .contains("  failed: once: " + input + ", record 21, ")
                .contains("  failed: often: " + input + ", record 1, ");
        assertThat(run.err().lines().filter(line -> line.startsWith("  failed: ")))
                .hasSize(6);
    }

    @Test
    void whatTheLimitsOfAlertsLeaveOutIsCounted() throws IOException {
        Path config = Files.writeString(folder.resolve("limits.yaml"), """
                limits: {alert_keys: 1, alert_evaluations: 1}
                streams:
                  sales:
                    fields: {ts: timestamp, shop: string, units: long}
                    time: {field: ts, out_of_order: 0s, allowed_lateness: 1h}
                monitors:
                  - {name: rows, key: shop, query: "SELECT shop, units FROM sales", alert: {when: units > 5}}
                  - name: windows
                    window: 1s
                    query: SELECT COUNT(*) AS n FROM sales
                    alert: {when: n > 0, on_amend: amend}
                """);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            rows.append(row(i / 70, "shop-" + i, "9"));
        }
        Path input = Files.writeString(folder.resolve("sales.jsonl"), rows + row(59, "last", "0"));
        CommandLineRun run = CommandLineRun.of(
                "backtest", "--config", config.toString(), "--input", "sales=" + input);
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .containsPattern(
                        "rows: [0-9]+ results, 128 firing, [0-9]+ late, [0-9]+ refused by alert_keys\n")
                .containsPattern("windows: .*, [0-9]+ not kept by alert_evaluations\n");
    }

    @Test
    void aRunShowsItAsItHappens() throws IOException {
        Path config = Files.writeString(folder.resolve("live.yaml"), """
                streams:
                  s: {fields: {ts: timestamp, n: long}, source: {generator: {rate: 1, fields: {n: {sequence: {from: -3}}}}}}
                  gone: {fields: {ts: timestamp}, source: {file: {path: gone.jsonl, follow: true}}}
                monitors:
                  - {name: m, query: "SELECT 7 / CAST(n AS DOUBLE) AS r FROM s WHERE n <= 0"}
                  - {name: g, window: 1m, query: "SELECT COUNT(*) AS c FROM gone"}
                """);
        CommandLineRun run = CommandLineRun.of("run", "--config", config.toString(), "--for", "3m");
        assertThat(run.code()).isZero();
        assertThat(run.err().substring(0, run.err().indexOf("live.yaml:\n")))
                .containsOnlyOnce("gone.jsonl: there is no such file yet\n")
                .containsOnlyOnce("failed: m: s, record 4, ")
                .containsOnlyOnce("set aside so far: 0 refused, 0 future, 0 late, 1 failed\n");
    }

    @Test
    void aRunShowsWhatTheLimitsOfAlertsLeaveOut() throws IOException {
        Path config = Files.writeString(folder.resolve("live.yaml"), """
                limits: {alert_keys: 1, alert_evaluations: 1}
                streams:
                  s:
                    fields: {ts: timestamp, n: long}
                    time: {field: ts, out_of_order: 0s, allowed_lateness: 1h}
                    source: {generator: {rate: 10, fields: {n: {sequence: {from: 1}}}}}
                monitors:
                  - {name: rows, key: n, query: "SELECT n FROM s", alert: {when: n > 0}}
                  - name: windows
                    window: 1s
                    query: SELECT COUNT(*) AS c FROM s
                    alert: {when: c > 0, on_amend: amend}
                """);
        CommandLineRun run = CommandLineRun.of("run", "--config", config.toString(), "--for", "3m");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .containsPattern("set aside so far: 0 refused, 0 future, 0 late, 0 failed,"
                        + " [1-9][0-9,]* refused by alert_keys,"
                        + " [1-9][0-9,]* not kept by alert_evaluations\n");
    }

    @Test
    void aRecordingWithoutAStreamIsNamed() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIGURATION);
        Path recording = folder.resolve("recording");
        CommandLineRun.withInput(
                row(0, "a", "1"),
                "run",
                "--config",
                config.toString(),
                "--record",
                recording.toString());
        Path other = Files.writeString(
                folder.resolve("other.yaml"), CONFIGURATION.replace("sales", "orders"));
        CommandLineRun run = CommandLineRun.of(
                "backtest", "--config", other.toString(), "--recording", recording.toString());
        assertThat(run.err())
                .contains(recording + ": there is no stream 'orders' (there are: sales)\n");
    }

    @Test
    void showsWhatFailsBehindAnAggregation() throws IOException {
        CommandLineRun run = backtest(row(0, "a", "0"), row(2, "b", "7"));
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains("best: 1 result, 0 late, 1 failed\n")
                .contains(
                        "  failed: best: the window that ends at 2026-01-01T00:00:10.000Z {shop=a}:"
                                + " DIVISION_BY_ZERO");
    }

    @Test
    void namesTheColumnsOfWhatFailed() throws IOException {
        String config = """
                streams:
                  sales: {fields: {ts: timestamp, shop: string, units: long}, time: {field: ts}}
                tables:
                  shops: {file: shops.csv, key: shop, fields: {shop: string, share: long}}
                monitors:
                  - {name: rows, query: "SELECT MOD(7, units) AS r FROM sales WHERE units >= 0"}
                  - {name: joined, query: "SELECT MOD(units, share) AS r FROM sales JOIN shops ON sales.shop = shops.shop"}
                  - {name: groups, window: 10s, query: "SELECT shop, MOD(9, COUNT(*) - 1) AS r FROM sales GROUP BY shop"}
                """;
        Path file = Files.writeString(folder.resolve("names.yaml"), config);
        Files.writeString(folder.resolve("shops.csv"), "shop,share\na,0\n");
        Path input = Files.writeString(folder.resolve("sales.jsonl"), row(0, "a", "0"));
        CommandLineRun run = CommandLineRun.of(
                "backtest", "--config", file.toString(), "--input", "sales=" + input);
        assertThat(run.err())
                .contains("in 7 % units\n", "in units % share\n", "in 9 % (COUNT(*) - 1)\n");
    }

    @Test
    void showsRowsOfTheFuture() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIGURATION);
        CommandLineRun run = CommandLineRun.withInput(
                row(0, "a", "1") + row(1, "b", "1"), "run", "--config", config.toString());
        assertThat(run.err())
                .contains("2 future\n")
                .contains("  future: stdin, record 2, event time 2026-01-01T00:00:01.000Z:"
                        + " it is too far ahead of its receive time 2023-11-14T22:");
    }

    @Test
    void readsBrokenGzipUpToWhereItBreaks() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append(row(i % 9, "shop-" + i * 7919 % 20_000, Integer.toString(i)));
        }
        byte[] whole = gzip(rows.toString());
        Path file = folder.resolve("sales.jsonl.gz");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        CommandLineRun run = backtest(file);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(" accepted, 0 refused\n")
                .containsPattern(
                        "sales.jsonl.gz: .*, after [0-9]{4,} records; what comes then is missing\n");
        assertThat(run.outLines()).hasSizeGreaterThan(1_000);
    }

    @Test
    void readsGzipUpToWhereALaterMemberBreaks() throws IOException {
        byte[] first = gzip(row(0, "a", "1"));
        byte[] second = gzip(row(1, "b", "1"));
        second[1]++;
        Path file = folder.resolve("sales.jsonl.gz");
        Files.write(file, first);
        Files.write(file, second, StandardOpenOption.APPEND);
        CommandLineRun run = backtest(file);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("1 accepted, 0 refused\n")
                .contains(file + ": gzip is damaged at byte " + first.length
                        + ": no header of a member (copy or make the file again), after 1 records;"
                        + " what comes then is missing\n");
        assertThat(run.outLines()).hasSize(2);
    }

    @Test
    void whatIsHalfARecordBeforeADamageIsNone() throws IOException {
        byte[] first = gzip(row(0, "a", "1") + "{\"ts\":");
        byte[] second = gzip("\"2026\"}\n");
        second[1]++;
        Path file = folder.resolve("sales.jsonl.gz");
        Files.write(file, first);
        Files.write(file, second, StandardOpenOption.APPEND);
        assertThat(backtest(file).err()).contains("1 accepted, 0 refused\n");
        Path config = Files.writeString(
                folder.resolve("live.yaml"),
                CONFIGURATION.replace(
                        "{stdin: {format: json}}", "{file: {path: sales.jsonl.gz, format: json}}"));
        CommandLineRun run = CommandLineRun.of("run", "--config", config.toString());
        assertThat(run.err())
                .contains("sales.jsonl.gz: gzip is damaged at byte " + first.length)
                .contains(" accepted, 0 refused\n");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private CommandLineRun backtest(String... rows) throws IOException {
        return backtest(Files.writeString(folder.resolve("sales.jsonl"), String.join("", rows)));
    }

    private CommandLineRun backtest(Path file) throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIGURATION);
        return CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--input",
                "sales=" + file,
                "--results",
                "-");
    }

    private static String row(int second, String shop, String units) {
        return String.format(
                "{\"ts\":\"2026-01-01T00:00:%02dZ\",\"shop\":\"%s\",\"units\":%s}%n",
                second, shop, units);
    }
}
