package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.engine.embedded.Snapshot;
import io.tidewatch.engine.embedded.Updates;
import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline whose state is kept after every epoch, and one that goes on from what was kept, against sums in a map. */
class SnapshotBenchmarkTest {
    private static final int KEYS = 1_000;
    private static final long COUNT = 200_000;
    private static final long WINDOW_MILLIS = 10_000;

    @TempDir
    private Path folder;

    private final SnapshotCosts costs = new SnapshotCosts();
    private final Map<String, String> found = new TreeMap<>();
    private Assembly assembly;
    private Path file;

    @BeforeEach
    void configure() throws IOException {
        assembly = Configurations.assembly(CardinalityBenchmark.CONFIGURATION, Path.of("."));
        file = folder.resolve("kept");
    }

    private void collect(Updates updates) {
        updates.results().forEach(result -> assertThat(found.put(
                        result.windowStart() + " " + result.values().get(0),
                        result.values().get(1) + " " + result.values().get(2)))
                .isNull());
    }

    private static Map<String, String> expected() {
        KeyedRows rows = CardinalityBenchmark.rows(KEYS, COUNT);
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (long row = 0; row < COUNT; row++) {
            long start = rows.time(row) / WINDOW_MILLIS * WINDOW_MILLIS;
            sums.merge(
                    start + " " + rows.key(row), new BigDecimal(rows.value(row)), BigDecimal::add);
        }
        Map<String, String> expected = new TreeMap<>();
        sums.forEach((name, sum) -> expected.put(name, "10 " + sum.doubleValue()));
        return expected;
    }

    @Test
    void keepingItsStateChangesNothing() throws IOException {
        SnapshotBenchmark.runWithSnapshots(
                assembly, CardinalityBenchmark.rows(KEYS, COUNT), 0, file, costs, this::collect);
        assertThat(found).isEqualTo(expected());
        assertThat(costs.summary()).startsWith("4 snapshots");
    }

    @Test
    void goesOnFromWhatWasWritten() throws IOException {
        KeyedRows rows = CardinalityBenchmark.rows(KEYS, COUNT);
        try (KeyedEngine first = new KeyedEngine(assembly, this::collect);
                TimedSnapshots snapshots = new TimedSnapshots(first, 0, file, costs)) {
            first.epoch(rows);
            snapshots.afterEpoch();
            first.epoch(rows);
            snapshots.afterEpoch();
        }
        try (KeyedEngine second = new KeyedEngine(assembly, this::collect)) {
            second.restore(Snapshot.parse(Files.readAllBytes(file)));
            while (rows.hasNext()) {
                second.epoch(rows);
            }
            second.finish();
        }
        assertThat(found).isEqualTo(expected());
    }
}
