package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says while it happens, and what a backtest of its recording says, are the same to the bit. */
class RecordedRunTest {
    @TempDir
    private Path folder;

    @Test
    void aBacktestOfTheRecordingOfTheSensorsSaysTheSame() {
        List<String> live = live("sensors.yaml", "50s");
        assertThat(live).hasSizeGreaterThan(1_000);
        assertThat(firing(live)).contains("sensor-silent");
        assertSame(backtest("sensors.yaml"), live);
    }

    @Test
    void aBacktestOfTheRecordingOfTheShopSaysTheSame() {
        List<String> live = live("shop.yaml", "130s");
        assertThat(firing(live)).contains("payments-fail");
        assertThat(firing(live)).contains("country-silent");
        assertSame(backtest("shop.yaml"), live);
    }

    @Test
    void aBacktestOfARunWhoseSourcesEndedSaysTheSame() throws IOException {
        Path config = folder.resolve("ended.yaml");
        Files.writeString(config, """
                streams:
                  a: {fields: {ts: timestamp, k: string}, time: {field: ts, out_of_order: 1s, allowed_lateness: 10s, amend_every: 5s}, source: {file: {path: a.jsonl}}}
                  b: {fields: {ts: timestamp, k: string}, time: {field: ts, ahead: 0s}, source: stdin}
                monitors:
                  - name: counts
                    query: SELECT k, COUNT(*) AS n FROM a GROUP BY k
                    window: 5s
                    alert: {when: n > 1, on_amend: amend}
                  - name: others
                    query: SELECT k, COUNT(*) AS n FROM b GROUP BY k
                    window: {gap: 3s}
                """);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            int second = (i * 7 + (i % 5) * 11) % 60;
            rows.append("{\"ts\":\"2023-11-14T22:%02d:%02dZ\",\"k\":\"%d\"}%n"
                    .formatted(i / 20, second, i % 3));
        }
        Files.writeString(folder.resolve("a.jsonl"), rows);
        Path recording = folder.resolve("ended");
        CommandLineRun live = CommandLineRun.withInput(
                rows.toString(),
                "run",
                "--config",
                config.toString(),
                "--results",
                "--output",
                "json",
                "--record",
                recording.toString());
        assertThat(live.code()).as(live.err()).isZero();
        assertThat(live.out()).contains("\"revision\":1", "\"to\":\"firing\"");
        CommandLineRun again = CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--recording",
                recording.toString(),
                "--results",
                "-",
                "--alerts",
                "-");
        assertSame(again.outLines(), live.outLines());
        assertThat(future(again)).isEqualTo(future(live)).isNotEqualTo("0 future");
    }

    @Test
    void noBytesOfARecordingUnderAGoodChecksumAreABug() throws IOException {
        Path config = damageable();
        byte[] whole = Files.readAllBytes(folder.resolve("whole").resolve("recording.tw"));
        Path recording = Files.createDirectory(folder.resolve("damaged"));
        Files.move(folder.resolve("whole").resolve("tables"), recording.resolve("tables"));
        Choices.random("a backtest of any recording", 100, choices -> {
            Files.write(recording.resolve("recording.tw"), damaged(choices, whole));
            CommandLineRun run = CommandLineRun.of(
                    "backtest", "--config", config.toString(), "--recording", recording.toString());
            assertThat(run.err()).doesNotContain("bug");
            if (run.code() != 0) {
                assertThat(run.err()).contains(recording.toString());
            }
        });
    }

    /** Runs a configuration with all kinds of records in its recording. */
    private Path damageable() throws IOException {
        Path config = Files.writeString(folder.resolve("damaged.yaml"), """
                streams:
                  a: {fields: {ts: timestamp, k: string}, time: {field: ts, allowed_lateness: 10s}, source: {file: {path: a.jsonl}}}
                  b: {fields: {ts: timestamp, k: long}, source: {generator: {rate: 1, fields: {k: {sequence: {from: 1}}}}}}
                tables:
                  t: {file: t.csv, fields: {k: string, v: long}, key: k}
                monitors:
                  - {name: m, query: "SELECT t.v, COUNT(*) AS n FROM a JOIN t ON a.k = t.k GROUP BY t.v", window: 5s, alert: {when: n > 0}}
                  - {name: o, query: "SELECT k, COUNT(*) AS n FROM b GROUP BY k", window: {gap: 3s}}
                """);
        Files.writeString(folder.resolve("t.csv"), "k,v\nx,1\n");
        Files.writeString(
                folder.resolve("a.jsonl"),
                "{\"ts\":\"2023-11-14T22:13:10Z\",\"k\":\"x\"}\n".repeat(3));
        CommandLineRun run = CommandLineRun.of(
                "run",
                "--config",
                config.toString(),
                "--record",
                folder.resolve("whole").toString(),
                "--for",
                "5s");
        assertThat(run.code()).as(run.err()).isZero();
        return config;
    }

    /** Changes bytes of one record, and gives it the checksum of what it has then. */
    private static byte[] damaged(Choices choices, byte[] whole) {
        ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int first = 8;
        List<Integer> starts = new ArrayList<>();
        while (first < whole.length) {
            starts.add(first);
            first += 8 + bytes.getInt(first);
        }
        int start = choices.of(starts);
        int length = bytes.getInt(start);
        int changes = choices.between(1, 3);
        for (int i = 0; i < changes; i++) {
            bytes.put(start + 8 + choices.upTo(length - 1), (byte) choices.anyLong());
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), start + 8, length);
        bytes.putInt(start + 4, (int) checksum.getValue());
        return bytes.array();
    }

    private static void assertSame(List<String> again, List<String> live) {
        List<String> missing = new ArrayList<>(live);
        again.forEach(missing::remove);
        List<String> added = new ArrayList<>(again);
        live.forEach(added::remove);
        assertThat(added).as("said again, not live").isEqualTo(missing);
    }

    /** The monitors that fired. */
    private static Set<String> firing(List<String> lines) {
        Set<String> monitors = new TreeSet<>();
        for (String line : lines) {
            if (line.contains("\"to\":\"firing\"")) {
                monitors.add(line.split("\"", -1)[3]);
            }
        }
        return monitors;
    }

    private static String future(CommandLineRun run) {
        return run.err()
                .lines()
                .filter(line -> line.endsWith(" future"))
                .findFirst()
                .orElse("");
    }

    private List<String> live(String example, String length) {
        CommandLineRun run = CommandLineRun.of(
                "run",
                "--config",
                CommandLineRun.examples().resolve(example).toString(),
                "--results",
                "--output",
                "json",
                "--for",
                length,
                "--record",
                folder.resolve(example).toString());
        assertThat(run.code()).as(run.err()).isZero();
        return run.outLines();
    }

    private List<String> backtest(String example) {
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                CommandLineRun.examples().resolve(example).toString(),
                "--recording",
                folder.resolve(example).toString(),
                "--results",
                "-",
                "--alerts",
                "-");
        assertThat(run.code()).as(run.err()).isZero();
        // Windows that were open when the run was stopped are shown as they are; the run did not
        // show them.
        return run.outLines().stream()
                .filter(line -> !line.contains("\"final\":false"))
                .toList();
    }
}
