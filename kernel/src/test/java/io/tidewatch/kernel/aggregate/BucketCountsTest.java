package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BucketCountsTest {
    private static final int SMALL_MAX = 65_535;

    @Test
    void countsOfAnySizeAreThoseOfAMap() {
        Choices.random("bucket counts", 500, choices -> {
            int bucketsMax = choices.of(1, 3, 40, 4_096);
            int slots = choices.between(1, 4);
            BucketCounts counts = new BucketCounts(bucketsMax);
            counts.ensureSlots(slots);
            List<TreeMap<Integer, Long>> expected = new ArrayList<>();
            for (int slot = 0; slot < slots; slot++) {
                expected.add(new TreeMap<>());
            }
            int spread = choices.of(30, 3_000);
            for (int i = choices.upTo(80); i > 0; i--) {
                int slot = choices.upTo(slots - 1);
                int bucket = choices.between(-spread, spread);
                long count = choices.oneIn(4)
                        ? choices.between(SMALL_MAX - 2, SMALL_MAX + 2)
                        : choices.between(1, 3);
                counts.add(slot, bucket, count);
                expected.get(slot).merge(bucket, count, Long::sum);
                if (choices.oneIn(30)) {
                    counts.clear(slot);
                    expected.get(slot).clear();
                }
            }
            for (int slot = 0; slot < slots; slot++) {
                check(counts, slot, merged(expected.get(slot), bucketsMax));
                checkCopy(counts, slot, merged(expected.get(slot), bucketsMax), bucketsMax);
            }
        });
    }

    @Test
    void bucketsThatNoDoubleHasAreDamage() {
        int[][] damages = {
            {1, QuantileBuckets.MAX + 1}, {1, QuantileBuckets.MIN - 1}, {2, QuantileBuckets.MIN}
        };
        for (int[] damage : damages) {
            ByteWriter out = new ByteWriter(64);
            out.writeVarLong(damage[0]);
            out.writeBoolean(false);
            out.writeZigZag(damage[1]);
            for (int i = 0; i < damage[0]; i++) {
                out.writeVarLong(1);
            }
            BucketCounts counts = new BucketCounts(40);
            counts.ensureSlots(1);
            assertThatThrownBy(() -> counts.addFrom(0, new ByteReader(out.copyBytes())))
                    .hasMessageContaining("bucket " + (damage[1] - damage[0] + 1));
        }
    }

    /** Written, read, and added once more: twice as many. */
    private static void checkCopy(
            BucketCounts counts, int slot, Map<Integer, Long> expected, int bucketsMax) {
        BucketCounts read = new BucketCounts(bucketsMax);
        read.ensureSlots(1);
        ByteWriter out = new ByteWriter(64);
        counts.write(slot, out);
        read.addFrom(0, new ByteReader(out.copyBytes()));
        read.add(0, counts, slot);
        assertThat(read.isMerged(0)).isEqualTo(counts.isMerged(slot));
        TreeMap<Integer, Long> twice = new TreeMap<>();
        expected.forEach((bucket, count) -> twice.put(bucket, 2 * count));
        check(read, 0, twice);
    }

    @Test
    void aCountGrowsBeyondWhatTwoBytesHold() {
        BucketCounts counts = new BucketCounts(100);
        counts.ensureSlots(1);
        double[] values = new double[SMALL_MAX + 10];
        Arrays.fill(values, 1.0);
        counts.addAll(
                values,
                null,
                values.length,
                new int[values.length],
                (slot, value) -> counts.add(slot, QuantileBuckets.bucket(value), 1));
        int bucket = QuantileBuckets.bucket(1.0);
        counts.add(0, bucket + 40, 1);
        check(counts, 0, new TreeMap<>(Map.of(bucket, SMALL_MAX + 10L, bucket + 40, 1L)));
    }

    /** What belongs below the lowest kept bucket is counted in it. */
    private static Map<Integer, Long> merged(NavigableMap<Integer, Long> counts, int bucketsMax) {
        TreeMap<Integer, Long> merged = new TreeMap<>();
        counts.forEach((bucket, count) -> merged.merge(
                Math.max(bucket, counts.lastKey() - bucketsMax + 1), count, Long::sum));
        return merged;
    }

    private static void check(BucketCounts actual, int slot, Map<Integer, Long> expected) {
        long total = 0;
        for (Map.Entry<Integer, Long> entry : expected.entrySet()) {
            assertThat(actual.bucketOfRank(slot, total + 1)).isEqualTo(entry.getKey());
            total += entry.getValue();
            assertThat(actual.bucketOfRank(slot, total)).isEqualTo(entry.getKey());
        }
        assertThat(actual.total(slot)).isEqualTo(total);
    }
}
