package io.tidewatch.codecs.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    @Test
    void givesTheBytesOfAFileUpToALimit(@TempDir Path folder) throws IOException {
        for (int size : new int[] {0, 1, 9_999, 10_000, 10_001}) {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 7);
            Path file = Files.write(folder.resolve("f" + size), bytes);
            if (size > 10_000) {
                assertThat(Inputs.bytes(file, 10_000)).isEmpty();
            } else {
                assertThat(Inputs.bytes(file, 10_000)).hasValue(bytes);
            }
        }
    }

    @Test
    void aFileThatSaysNothingOfItsSizeIsReadToTheSameLimit() throws IOException {
        Path endless = Path.of("/dev/zero");
        Path proc = Path.of("/proc/self/status");
        assumeThat(endless).as("a file without an end").exists();
        assumeThat(proc).as("a file whose size is said to be 0").exists();
        assertThat(Inputs.bytes(endless, 100_000)).isEmpty();
        assertThat(new String(Inputs.bytes(proc, 100_000).orElseThrow(), UTF_8))
                .startsWith("Name:");
    }
}
