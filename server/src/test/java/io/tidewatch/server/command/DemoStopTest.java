package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own, which a signal ends. */
class DemoStopTest {
    @TempDir
    private Path folder;

    @Test
    void leavesNothingBehindWhenItIsStopped() throws IOException, InterruptedException {
        Process process = start("1m");
        try (BufferedReader err = process.errorReader(UTF_8)) {
            String line = err.readLine();
            while (line != null && !line.startsWith("The configurations are in ")) {
                line = err.readLine();
            }
            assertThat(line).contains(folder.toString());
            assertThat(examples()).isOne();
            // Not process.destroy(), which closes what it says.
            assertThat(process.toHandle().destroy()).isTrue();
            assertThat(err.lines()).anyMatch(text -> text.endsWith("shop.yaml:"));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(examples()).isZero();
    }

    @Test
    void leavesNothingBehindWhenItIsStoppedBeforeItWatches()
            throws IOException, InterruptedException {
        Process process = start("1m");
        try {
            boolean ended = false;
            while (!isCopied() && !ended) {
                ended = process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            assertThat(examples()).isOne();
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(examples()).isZero();
    }

    @Test
    void leavesNothingBehindWhenItsTimeIsUp() throws IOException, InterruptedException {
        Process process = start("1s");
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(examples()).isZero();
    }

    private Process start(String length) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.tidewatch.server.Tidewatch",
                        "demo",
                        "--for",
                        length)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Whether the last of the examples is there. */
    private boolean isCopied() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> Files.exists(file.resolve("shop-products.csv")));
        }
    }

    private long examples() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("tidewatch-demo-"))
                    .count();
        }
    }
}
