package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the benchmark of pauses measures with, and that a pace changes nothing. */
class PauseBenchmarkTest {
    @Test
    @SuppressWarnings("DoNotCall")
    void seesThePausesOfTheCollector() throws IOException {
        try (Pauses pauses = Pauses.record()) {
            System.gc();
            Pauses.Found found = pauses.stop();
            assertThat(found.count()).isPositive();
            assertThat(found.quantile(1)).isPositive();
            assertThat(found.quantile(0.5)).isLessThanOrEqualTo(found.quantile(1));
        }
    }

    @Test
    void seesWhatTheThreadAllocates() {
        Allocation allocation = Allocation.start();
        byte[] bytes = new byte[1 << 20];
        assertThat(allocation.bytes()).isBetween((double) bytes.length, 2.0 * bytes.length);
    }

    @Test
    void atAPaceTheResultsAreThoseOfFullSpeed() throws IOException {
        int keys = 1_000;
        long count = 150_000;
        Results full = new Results();
        Results paced = new Results();
        var assembly = Configurations.assembly(CardinalityBenchmark.CONFIGURATION, Path.of("."));
        KeyedPipeline.run(assembly, CardinalityBenchmark.rows(keys, count), full);
        long start = System.nanoTime();
        KeyedPipeline.run(
                assembly,
                CardinalityBenchmark.rows(keys, count),
                paced,
                PauseBenchmark.pace(300_000));
        assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(0.4);
        assertThat(paced.values()).hasSize(15_000).isEqualTo(full.values());
    }
}
