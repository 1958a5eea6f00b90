package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be named, made or held are refused where they are named, with what to do. */
class FileNamesTest {
    private static final String CONFIG = """
            streams:
              s: {fields: {ts: timestamp}, source: {file: {path: "PATH"}}}
            tables:
              t: {file: "TABLE", fields: {k: string}, key: k}
            monitors:
              - {name: m, query: SELECT ts FROM s}
            """;

    private static final String NO_NAME = " cannot be the name of a file here: Nul character";

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), "");
        Files.writeString(folder.resolve("t.csv"), "k\n");
        config = config("rows.jsonl", "t.csv");
    }

    private Path config(String path, String table) throws IOException {
        return Files.writeString(
                folder.resolve("config.yaml"),
                CONFIG.replace("PATH", path).replace("TABLE", table));
    }

    @Test
    void aNameThatNoFileCanHaveIsRefusedWhereItStands() throws IOException {
        CommandLineRun run =
                CommandLineRun.of("check", config("a\\0b.csv", "c\\0.csv").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("line 2, column 54: ", "line 4, column 13: ", NO_NAME, "LC_ALL=C.UTF-8");
    }

    @Test
    void aSuiteNamesItsConfigurationLikewise() throws IOException {
        Path suite = Files.writeString(
                folder.resolve("a.test.yaml"),
                "config: \"a\\0\"\ntests: [{name: none, input: {}, expect: {alerts: []}}]\n");
        CommandLineRun run = CommandLineRun.of("test", suite.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains("line 1, column 9: ", NO_NAME);
    }

    @Test
    void optionsLikewise() {
        for (String option : new String[] {"--results", "--alerts", "--input"}) {
            String value = (option.equals("--input") ? "s=" : "") + "a\0b";
            CommandLineRun run = backtest(option, value);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith(option + ": 'a\0b'" + NO_NAME);
        }
    }

    @Test
    void aFileInNoFolderSaysSo() {
        String file = folder.resolve("none").resolve("rows.jsonl").toString();
        CommandLineRun run = backtest("--results", file);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(file + " cannot be written: there is no such file or folder"
                        + " (make it, or correct its name)\n");
    }

    @Test
    void aRecordingIsNotWrittenInAFile() {
        String file = folder.resolve("rows.jsonl").toString();
        CommandLineRun run = CommandLineRun.of(
                "run", "--config", config.toString(), "--record", file, "--for", "1s");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith(file + " is a file; name a folder\n");
    }

    @Test
    void aConfigurationWithoutAnEndIsNotReadToIt() {
        Path endless = Path.of("/dev/zero");
        assumeThat(endless).as("a file without an end").exists();
        CommandLineRun run = CommandLineRun.of("check", endless.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("/dev/zero: too large (at most 4194304 bytes)");
    }

    @Test
    void neitherIsATable() throws IOException {
        Path endless = Path.of("/dev/zero");
        assumeThat(endless).as("a file without an end").exists();
        CommandLineRun run = CommandLineRun.of(
                "check", config("rows.jsonl", endless.toString()).toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("line 4, column 3: ", "/dev/zero is larger than 268435456 bytes");
    }

    private CommandLineRun backtest(String... more) {
        return CommandLineRun.of("backtest", "--config", config.toString(), more[0], more[1]);
    }
}
