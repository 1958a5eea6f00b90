package io.tidewatch.log.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of 256 KiB, where this may be mounted; {@link DiskFaultTest} does the same with one that pretends. */
class SmallDiskTest {
    @TempDir
    private Path folder;

    @Test
    void aFullDiskRefusesServesAndRecoversByItself() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.toString()))
                .as("mounting a small file system needs root on Linux")
                .isZero();
        try (SegmentLog log = SegmentLog.open(folder.resolve("log"), 1, settings(), new Heard())) {
            Path ballast = folder.resolve("ballast");
            Files.write(ballast, new byte[64 << 10]);
            int records = fill(log, 0);
            Files.delete(ballast);
            assertThat(fill(log, records)).isGreaterThan(records);
        } finally {
            run("umount", folder.toString());
        }
    }

    /** Appends until the disk is full; gives how many records there are then. */
    private static int fill(SegmentLog log, int before) throws InterruptedException {
        int records = before;
        ErrorCode refusal = null;
        while (refusal == null) {
            try {
                assertThat(log.append(0, Entries.tick(1, noise(records))).get().offset())
                        .isEqualTo(records);
                records++;
            } catch (ExecutionException e) {
                refusal = e.getCause() instanceof TidewatchException failure
                        ? failure.code()
                        : ErrorCode.INTERNAL;
            }
            assertThat(Entries.texts(log, 0, 0)).hasSize(records);
        }
        assertThat(refusal).isEqualTo(ErrorCode.LOG_FULL);
        return records;
    }

    /** What compression makes no room of. */
    private static String noise(int seed) {
        byte[] bytes = new byte[7_000];
        new Random(seed).nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }

    private static SegmentSettings settings() {
        SegmentLimits limits = new SegmentLimits(1 << 20, 20_000, 8, 1 << 20, 1 << 20);
        return new SegmentSettings(Durability.SYNC, 0, Long.MAX_VALUE, Long.MAX_VALUE, limits);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
