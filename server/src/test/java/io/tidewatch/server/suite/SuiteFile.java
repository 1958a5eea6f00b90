package io.tidewatch.server.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.command.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of unit tests that is run by the command line. */
final class SuiteFile {
    private SuiteFile() {}

    /** Writes a file into a folder, and runs it; all its tests must pass. */
    static void passes(Path folder, String tests) throws IOException {
        Path file = folder.resolve("m.test.yaml");
        Files.writeString(file, tests);
        CommandLineRun run = CommandLineRun.of("test", file.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }
}
