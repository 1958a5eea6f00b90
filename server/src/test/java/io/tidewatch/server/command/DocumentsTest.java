package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in docs/reference/configuration.md work. */
class DocumentsTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleOfTheConfigurationHasNoProblems() throws IOException {
        Files.writeString(folder.resolve("example.yaml"), block("streams:"));
        Files.writeString(folder.resolve("owners.csv"), "path,team\n/,web\n");
        CommandLineRun run =
                CommandLineRun.of("check", folder.resolve("example.yaml").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).endsWith("1 stream, 1 table, 1 monitor: no problems\n");
    }

    @Test
    void theExampleOfATestPasses() throws IOException {
        Path test = folder.resolve("example.test.yaml");
        Files.writeString(test, block("config: weblog.yaml"));
        Files.copy(CommandLineRun.examples().resolve("weblog.yaml"), folder.resolve("weblog.yaml"));
        CommandLineRun run = CommandLineRun.of("test", test.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    /** The indented block of the document that starts with a line. */
    private static String block(String first) throws IOException {
        Path document = CommandLineRun.root().resolve("docs/reference/configuration.md");
        List<String> block = new ArrayList<>();
        for (String line : Files.readAllLines(document)) {
            boolean inside = !block.isEmpty() || line.startsWith("    " + first);
            if (inside && !line.isEmpty() && !line.startsWith("    ")) {
                break;
            }
            if (inside) {
                block.add(line.isEmpty() ? line : line.substring(4));
            }
        }
        return String.join("\n", block) + "\n";
    }
}
