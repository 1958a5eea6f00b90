package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    @Test
    void everyExampleHasNoProblems() throws IOException {
        for (Path file : examples(false)) {
            CommandLineRun run = CommandLineRun.of("check", file.toString());
            assertThat(run.code()).as(file + "\n" + run.err()).isZero();
            assertThat(run.err()).as("warnings of %s", file).isEmpty();
        }
    }

    @Test
    void theTestsOfTheExamplesPass() throws IOException {
        List<Path> files = examples(true);
        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        for (Path file : files) {
            CommandLineRun run = CommandLineRun.of("test", file.toString());
            assertThat(run.code()).as(run.out() + run.err()).isZero();
        }
    }

    @Test
    void theDemoRunsForAWhile() {
        CommandLineRun run = CommandLineRun.of("demo", "--for", "40s");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("FIRING", "order-too-large");
        assertThat(run.err()).contains("host.yaml:\n", "cpu-busy: ", "revenue: ");
    }

    private static List<Path> examples(boolean tests) throws IOException {
        try (Stream<Path> files = Files.list(CommandLineRun.examples())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> file.toString().endsWith(".test.yaml") == tests)
                    .sorted()
                    .toList();
        }
    }
}
