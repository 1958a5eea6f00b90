package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every time that is printed is one of the years 0001 to 9999, as RFC 3339 has them. */
class EndOfTimeTest {
    @TempDir
    private Path folder;

    @Test
    void rowsWhoseWindowsLeaveTheYearsAreSetAside() throws IOException {
        CommandLineRun run = backtest(
                "{\"ts\": \"0001-01-01T00:00:00Z\", \"k\": \"a\"}",
                "{\"ts\": \"0001-01-02T00:00:00Z\", \"k\": \"a\"}",
                "{\"ts\": \"9999-12-31T23:58:59Z\", \"k\": \"a\"}",
                "{\"ts\": \"9999-12-31T23:59:59Z\", \"k\": \"a\"}");
        assertThat(run.code()).as(run.err()).isZero();
        // 9999-12-31T23:59:59 is in a minute that ends in the year 10000, and in such a session.
        assertThat(run.err())
                .contains("minutes: 3 results", "sessions: 3 results", "copies: 4 results")
                .contains("a window that holds the row is not within the years 0001 to 9999");
        assertThat(run.err().lines().filter(line -> line.contains("1 failed"))).hasSize(2);
        assertThat(run.err().lines().filter(line -> line.contains("2 failed"))).hasSize(1);
        assertThat(run.out())
                .contains("\"window_end\":\"9999-12-31T23:59:00.000Z\"")
                .contains("\"window_start\":\"0001-01-01T00:00:00.000Z\"")
                .doesNotContain("+10000", "\"0000-", "\"-00");
    }

    @Test
    void theInputDoesNotEndBehindTheYears() throws IOException {
        for (String until :
                new String[] {"+10000-01-01T00:00:00Z", "9999-12-31T23:59:59.999-01:00"}) {
            CommandLineRun run = backtest("{\"ts\": \"2026-01-01T00:00:00Z\"}", "--until", until);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("--until");
        }
    }

    private CommandLineRun backtest(String row, String option, String value) throws IOException {
        Files.writeString(folder.resolve("reads.jsonl"), row + "\n");
        return CommandLineRun.of(
                "backtest", "--config", config().toString(), option, value, "--results", "-");
    }

    private CommandLineRun backtest(String... rows) throws IOException {
        Files.writeString(folder.resolve("reads.jsonl"), String.join("\n", rows) + "\n");
        return CommandLineRun.of("backtest", "--config", config().toString(), "--results", "-");
    }

    private Path config() throws IOException {
        Path config = folder.resolve("end.yaml");
        Files.writeString(config, """
                streams:
                  reads: {fields: {ts: timestamp, k: string}, time: {field: ts}, source: {file: {path: reads.jsonl}}}
                monitors:
                  - name: minutes
                    query: SELECT k, COUNT(*) AS n FROM reads GROUP BY k
                    window: 1m
                  - name: sessions
                    query: SELECT k, COUNT(*) AS n FROM reads GROUP BY k
                    window: {gap: 10s}
                  - name: copies
                    key: [k]
                    query: |
                      SELECT k, window_end AS e
                      FROM TABLE(HOP(TABLE reads, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE))
                """);
        return config;
    }
}
