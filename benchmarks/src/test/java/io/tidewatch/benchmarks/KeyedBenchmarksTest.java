package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bodies of the benchmarks over rows in columns, against counts in a map. */
class KeyedBenchmarksTest {
    @Test
    void everyKeyHasTenRowsPerWindow() throws IOException {
        int keys = 100;
        long count = 2_000;
        Results results = new Results();
        Assembly assembly =
                Configurations.assembly(CardinalityBenchmark.CONFIGURATION, Path.of("."));
        KeyedPipeline.run(assembly, CardinalityBenchmark.rows(keys, count), results);

        KeyedRows rows = CardinalityBenchmark.rows(keys, count);
        Map<String, Long> counts = new TreeMap<>();
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (long row = 0; row < count; row++) {
            String name = name("totals", rows, row, 10_000, 10_000, 0);
            counts.merge(name, 1L, Long::sum);
            sums.merge(name, new BigDecimal(rows.value(row)), BigDecimal::add);
        }
        assertThat(counts).hasSize(200).allSatisfy((name, each) -> assertThat(each)
                .isEqualTo(10));
        assertThat(results.values()).hasSameSizeAs(counts);
        results.values().forEach((name, values) -> {
            assertThat(values.get(0)).isEqualTo(String.valueOf(counts.get(name)));
            BigDecimal sum = sums.getOrDefault(name, BigDecimal.ZERO);
            assertThat(values.get(1)).isEqualTo(String.valueOf(sum.doubleValue()));
        });
    }

    @Test
    void theMemoryOfAnOpenWindowIsThatOfItsKeys() throws IOException {
        Assembly assembly =
                Configurations.assembly(CardinalityBenchmark.CONFIGURATION, Path.of("."));
        long few = CardinalityBenchmark.bytesOfOpenWindow(assembly, 1_000);
        long many = CardinalityBenchmark.bytesOfOpenWindow(assembly, 200_000);
        // A count and a sum are 24 bytes, and the key itself 10.
        assertThat((many - few) / 199_000.0).isBetween(34.0, 250.0);
    }

    @Test
    void everyWindowOfTheHopHasItsCounts() throws IOException {
        long count = 40;
        Map<String, Long> counts = new TreeMap<>();
        KeyedRows rows = new KeyedRows(7, 0.01, count);
        for (long row = 0; row < count; row++) {
            for (int back = 0; back < 3_600; back++) {
                counts.merge(
                        name("counts", rows, row, 3_600_000, 1_000, back * 1_000), 1L, Long::sum);
            }
        }
        Results results = new Results();
        KeyedPipeline.run(
                HopBenchmark.assembly("{size: 1h, hop: 1s}"),
                new KeyedRows(7, 0.01, count),
                results);
        assertThat(AdBenchmarkTest.counts(results)).isEqualTo(counts);
    }

    private static String name(
            String monitor, KeyedRows rows, long row, long size, long hop, long back) {
        long start = rows.time(row) / hop * hop - back;
        return Results.name(monitor, rows.key(row), start, start + size);
    }
}
