package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.clock.FakeClock;
import io.tidewatch.server.log.RecordingReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rows go: output that cannot be written is a failure, and nothing that is read is written over. */
class OutputTest {
    private static final String ROWS = """
            {"ts":"2026-01-01T00:00:00Z","k":"a"}
            {"ts":"2026-01-01T00:00:01Z","k":"b"}
            """;

    @TempDir
    private Path folder;

    @Test
    void aFullDiskFailsEveryCommandThatPrints() throws IOException {
        String config = config().toString();
        String test = Files.writeString(
                        folder.resolve("a.test.yaml"),
                        "config: config.yaml\ntests: [{name: none, input: {}, expect: {alerts: []}}]\n")
                .toString();
        fails("check", config, "--explain");
        fails("test", test);
        fails("backtest", "--config", config);
        fails("backtest", "--config", config, "--results", "-");
        fails("run", "--config", config, "--results", "--for", "1h");
        fails("--help");
    }

    @Test
    void aRunStopsWhenItsOutputFails() throws IOException {
        Path config = Files.writeString(folder.resolve("endless.yaml"), """
                streams:
                  s: {fields: {ts: timestamp, k: long}, source: {generator: {rate: 1000, fields: {k: {uniform: {min: 0, max: 9}}}}}}
                monitors:
                  - {name: m, query: SELECT k FROM s}
                """);
        FakeClock clock = new FakeClock(1_700_000_000_000L);
        String err = fails(clock, "run", "--config", config.toString(), "--results");
        assertThat(err).contains("m: ");
    }

    @Test
    void oneFileForBothIsRefused() throws IOException {
        Path config = config();
        String both = folder.resolve("out.jsonl").toString();
        String again = folder.resolve("x").resolve("..").resolve("out.jsonl").toString();
        CommandLineRun run = CommandLineRun.of(
                "backtest", "--config", config.toString(), "--results", both, "--alerts", again);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--results and --alerts name one file", "give them two");
    }

    @Test
    void whatIsReadIsNotWrittenOver() throws IOException {
        Path config = config();
        Path link = Files.createSymbolicLink(
                folder.resolve("link.jsonl"), folder.resolve("rows.jsonl"));
        Path other = Files.writeString(folder.resolve("other.jsonl"), ROWS);
        String ofStream = "an input of " + config + " (stream s)";
        Path rows = folder.resolve("rows.jsonl");
        refusesToWrite(config, ofStream, "--results", rows);
        refusesToWrite(config, ofStream, "--alerts", link);
        refusesToWrite(config, "the configuration", "--results", config);
        refusesToWrite(config, "an --input", "--results", other, "--input", "s=" + other);
        assertThat(folder.resolve("rows.jsonl")).content().isEqualTo(ROWS);
        assertThat(other).content().isEqualTo(ROWS);
    }

    @Test
    void neitherIsWhatAnotherRunReads() throws IOException {
        Path config = config();
        Path rows = folder.resolve("rows.jsonl");
        Path other = Files.writeString(folder.resolve("other.jsonl"), ROWS);
        String ofStream = "an input of " + config + " (stream s)";
        refusesToWrite(config, ofStream, "--results", rows, "--input", "s=" + other);
        Path recording = folder.resolve("recording");
        CommandLineRun.of(
                "run",
                "--config",
                config.toString(),
                "--record",
                recording.toString(),
                "--for",
                "1s");
        refusesToWrite(config, ofStream, "--alerts", rows, "--recording", recording.toString());
        Path log = RecordingReader.file(recording);
        refusesToWrite(
                config, "the recording", "--alerts", log, "--recording", recording.toString());
    }

    private void refusesToWrite(
            Path config, String what, String option, Path output, String... more)
            throws IOException {
        byte[] before = Files.readAllBytes(output);
        String[] arguments = new String[5 + more.length];
        arguments[0] = "backtest";
        arguments[1] = "--config";
        arguments[2] = config.toString();
        arguments[3] = option;
        arguments[4] = output.toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(option + ": '" + output + "' is " + what
                        + ", and would be written over (name another file)\n");
        assertThat(output).hasBinaryContent(before);
    }

    @Test
    void timesThatLeaveNothingAreRefused() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                config().toString(),
                "--from",
                "2026-01-01T00:00:20Z",
                "--to",
                "2026-01-01T00:00:10Z");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--to: '2026-01-01T00:00:10Z' is not after --from");
    }

    @Test
    void whatIsPrintedIsUtf8() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StandardOutput out = new StandardOutput(bytes)) {
            out.print("Größe ≥ 𝄞");
        }
        assertThat(bytes.toString(UTF_8)).isEqualTo("Größe ≥ 𝄞");
    }

    private Path config() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), ROWS);
        return Files.writeString(folder.resolve("config.yaml"), """
                streams:
                  s: {fields: {ts: timestamp, k: string}, source: {file: {path: rows.jsonl}}}
                monitors:
                  - {name: m, query: SELECT k FROM s, alert: {when: k = 'a'}}
                """);
    }

    private static void fails(String... arguments) {
        fails(new FakeClock(1_800_000_000_000L), arguments);
    }

    /** Runs a command on a full disk, and returns what it says of it. */
    private static String fails(FakeClock clock, String... arguments) {
        StringWriter err = new StringWriter();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Terminal terminal = new Terminal(
                new StandardOutput(full),
                new PrintWriter(err),
                new ByteArrayInputStream(new byte[0]),
                false,
                Map.of(),
                clock);
        int code = TidewatchCommand.run(terminal, arguments);
        assertThat(code).as(String.join(" ", arguments) + ": " + err).isEqualTo(1);
        assertThat(err.toString())
                .containsOnlyOnce(
                        "the standard output cannot be written: No space left on device\n");
        return err.toString();
    }
}
