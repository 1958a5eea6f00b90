package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.clock.ScriptedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a reference table changes while monitors run. */
class TableChangeRunTest {
    private static final long START = 1_700_000_000_000L;
    private static final String CONFIG = """
            streams:
              reads:
                fields: {ts: timestamp, k: string, v: long}
                time: {field: ts, out_of_order: 500ms, allowed_lateness: 3s, idle: 1s, ahead: 2s}
                source:
                  generator:
                    rate: 20
                    seed: 7
                    jitter: 800ms
                    fields: {k: {choice: [a, b, c]}, v: {uniform: {min: 1, max: 9}}}
            tables:
              owners: {file: owners.csv, key: k, fields: {k: string, team: string}}
            monitors:
              - name: teams
                query: SELECT o.team, COUNT(*) AS n FROM reads AS r JOIN owners AS o ON o.k = r.k GROUP BY o.team
                window: 1s
                alert: {when: n > 9, on_amend: amend}
              - name: sums
                query: |
                  SELECT c.k, c.s, o.team FROM (
                    SELECT window_start, window_end, k, SUM(v) AS s
                    FROM TABLE(TUMBLE(TABLE reads, DESCRIPTOR(ts), INTERVAL '2' SECOND))
                    GROUP BY window_start, window_end, k) AS c
                  LEFT JOIN owners AS o ON o.k = c.k
              - name: nines
                key: [k]
                query: SELECT r.k, o.team FROM reads AS r LEFT JOIN owners AS o ON o.k = r.k WHERE r.v = 9
                alert: {when: team = 'blue'}
            """;
    private static final String RED = "k,team\na,red\nb,red\n";
    private static final String BLUE = "k,team\na,blue\nc,blue\n";
    private static final String GREEN = "k,team\na,green\nb,green\nc,green\n";

    @TempDir
    private Path folder;

    private Path config;
    private Path table;

    @BeforeEach
    void write() throws IOException {
        config = folder.resolve("teams.yaml");
        table = folder.resolve("owners.csv");
        Files.writeString(config, CONFIG);
        write(RED);
    }

    @Test
    void aBacktestOfTheRecordingUsesTheVersionsThatHeldThen() {
        ScriptedClock clock = new ScriptedClock(START)
                .after(10_000, () -> write(BLUE))
                .after(20_000, () -> write("k,team\na,green\nb\n"))
                .after(26_000, () -> delete())
                .after(32_000, () -> write(RED))
                .after(40_000, () -> write(GREEN));
        CommandLineRun live = run(clock, "60s");
        assertThat(live.err())
                .contains("table 'owners' changes for events from 2023-11-14T22:13:3")
                .contains("stays as it is: ", "owners.csv, line 3: ")
                .contains("stays as it is: there is no file ")
                .contains("times)");
        assertThat(changes(live)).hasSize(3);
        assertThat(recordedTables()).hasSize(3);
        assertTeams(live, "red", "blue", "red", "green");
        assertThat(live.out()).contains("\"revision\":1", "\"to\":\"firing\"");
        for (Runnable today :
                List.<Runnable>of(() -> write(BLUE), () -> write("bad"), this::delete)) {
            today.run();
            CommandLineRun again = backtest();
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.outLines().stream()
                            .filter(line -> !line.contains("\"final\":false"))
                            .sorted())
                    .isEqualTo(live.outLines().stream().sorted().toList());
        }
    }

    @Test
    void aFileThatIsWrittenAnewWithTheSameContentIsNoChange() {
        ScriptedClock clock = new ScriptedClock(START)
                .after(5_000, () -> write(RED))
                .after(12_000, this::delete)
                .after(20_000, () -> write(RED));
        CommandLineRun live = run(clock, "30s");
        assertThat(changes(live)).isEmpty();
        assertThat(recordedTables()).hasSize(1);
        assertTeams(live, "red");
    }

    @Test
    void aRecordingWhoseTableIsDamagedIsRefused() throws IOException {
        run(new ScriptedClock(START), "5s");
        Path kept = folder.resolve("recording")
                .resolve("tables")
                .resolve(recordedTables().get(0));
        Files.writeString(kept, GREEN);
        CommandLineRun again = backtest();
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("its content is not the one that was recorded");
    }

    @Test
    void aTableThatTheRecordingDoesNotHaveIsReadFromItsFile() throws IOException {
        run(new ScriptedClock(START), "10s");
        Files.writeString(folder.resolve("other.csv"), "k,team\na,grey\n");
        Files.writeString(
                config, CONFIG.replace("owners", "others").replace("others.csv", "other.csv"));
        CommandLineRun again = backtest();
        assertThat(again.code()).as(again.err()).isZero();
        assertTeams(again, "grey");
    }

    @Test
    void aFileHoldsFromItsEffectiveTimeInBacktestsOfFilesAndInTests() throws IOException {
        Path effective = folder.resolve("effective.yaml");
        Files.writeString(effective, """
                streams:
                  reads: {fields: {ts: timestamp, k: string}, time: {field: ts}, source: {file: {path: reads.jsonl}}}
                tables:
                  owners: {file: owners.csv, key: k, effective: '2026-01-01T00:00:10Z', fields: {k: string, team: string}}
                monitors:
                  - name: rows
                    key: [k]
                    query: SELECT r.k, o.team FROM reads AS r LEFT JOIN owners AS o ON o.k = r.k
                """);
        Files.writeString(folder.resolve("reads.jsonl"), """
                {"ts": "2026-01-01T00:00:09.999Z", "k": "a"}
                {"ts": "2026-01-01T00:00:10Z", "k": "a"}
                """);
        CommandLineRun backtest =
                CommandLineRun.of("backtest", "--config", effective.toString(), "--results", "-");
        assertThat(backtest.outLines()).hasSize(2);
        assertThat(backtest.outLines().get(0)).contains("\"team\":null");
        assertThat(backtest.outLines().get(1)).contains("\"team\":\"red\"");
        Path tests = folder.resolve("tests.yaml");
        Files.writeString(tests, """
                config: effective.yaml
                start: 2026-01-01T00:00:00Z
                tests:
                  - name: before and after
                    input: {reads: [{at: +9s, k: a}, {at: +10s, k: b}]}
                    expect:
                      results:
                        rows: {exactly: [{k: a, team: null}, {k: b, team: red}]}
                """);
        CommandLineRun test = CommandLineRun.of("test", tests.toString());
        assertThat(test.code()).as(test.out() + test.err()).isZero();
    }

    /** The teams that results of the monitor name, each once where it is followed by another. */
    private static void assertTeams(CommandLineRun run, String... teams) {
        List<String> seen = run.outLines().stream()
                .filter(line -> line.startsWith("{\"monitor\":\"teams\",\"key\""))
                .filter(line -> line.contains("\"revision\":0"))
                .sorted(Comparator.comparing(TableChangeRunTest::windowEnd))
                .map(line -> line.split("\"team\":\"", -1)[1].split("\"", -1)[0])
                .toList();
        List<String> distinct = Stream.iterate(0, i -> i < seen.size(), i -> i + 1)
                .filter(i -> i == 0 || !seen.get(i).equals(seen.get(i - 1)))
                .map(seen::get)
                .toList();
        assertThat(distinct).containsExactly(teams);
    }

    private static String windowEnd(String line) {
        return line.split("\"window_end\":\"", -1)[1].split("\"", -1)[0];
    }

    private static List<String> changes(CommandLineRun run) {
        return run.err()
                .lines()
                .filter(line -> line.contains("changes for events"))
                .toList();
    }

    private List<String> recordedTables() {
        try (Stream<Path> files = Files.list(folder.resolve("recording").resolve("tables"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CommandLineRun run(ScriptedClock clock, String length) {
        CommandLineRun run = CommandLineRun.withClock(
                clock,
                "run",
                "--config",
                config.toString(),
                "--results",
                "--output",
                "json",
                "--for",
                length,
                "--record",
                folder.resolve("recording").toString());
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private CommandLineRun backtest() {
        return CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--recording",
                folder.resolve("recording").toString(),
                "--results",
                "-",
                "--alerts",
                "-");
    }

    private void write(String text) {
        try {
            Files.writeString(table, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() {
        try {
            Files.delete(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
