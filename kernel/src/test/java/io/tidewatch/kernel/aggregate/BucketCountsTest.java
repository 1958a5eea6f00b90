package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BucketCountsTest {
    private static final int SMALL_MAX = 65_535;

    @Test
    void countsOfAnySizeAreThoseOfAMap() {
        Choices.random("bucket counts", 500, choices -> {
            int bucketsMax = choices.of(1, 3, 40, 2_048);
            BucketCounts counts = new BucketCounts(bucketsMax);
            TreeMap<Integer, Long> expected = new TreeMap<>();
            for (int i = choices.upTo(40); i > 0; i--) {
                int bucket = choices.between(-30, 30);
                long count = choices.oneIn(4)
                        ? choices.between(SMALL_MAX - 2, SMALL_MAX + 2)
                        : choices.between(1, 3);
                if (choices.flag()) {
                    counts.add(bucket, count);
                } else {
                    count = 1;
                    counts.add(bucket);
                }
                expected.merge(bucket, count, Long::sum);
            }
            check(counts, merged(expected, bucketsMax));
            BucketCounts read = new BucketCounts(bucketsMax);
            ByteWriter out = new ByteWriter(64);
            counts.write(out);
            read.addFrom(new ByteReader(out.copyBytes()));
            read.add(counts);
            TreeMap<Integer, Long> twice = new TreeMap<>();
            expected.forEach((bucket, count) -> twice.put(bucket, 2 * count));
            check(read, merged(twice, bucketsMax));
        });
    }

    @Test
    void aCountGrowsBeyondWhatTwoBytesHold() {
        BucketCounts counts = new BucketCounts(100);
        for (int i = 0; i < SMALL_MAX + 10; i++) {
            counts.add(7);
        }
        counts.add(8);
        check(counts, new TreeMap<>(Map.of(7, SMALL_MAX + 10L, 8, 1L)));
    }

    /** What belongs below the lowest kept bucket is counted in it. */
    private static Map<Integer, Long> merged(NavigableMap<Integer, Long> counts, int bucketsMax) {
        TreeMap<Integer, Long> merged = new TreeMap<>();
        counts.forEach((bucket, count) -> merged.merge(
                Math.max(bucket, counts.lastKey() - bucketsMax + 1), count, Long::sum));
        return merged;
    }

    private static void check(BucketCounts actual, Map<Integer, Long> expected) {
        long total = 0;
        for (Map.Entry<Integer, Long> entry : expected.entrySet()) {
            assertThat(actual.bucketOfRank(total + 1)).isEqualTo(entry.getKey());
            total += entry.getValue();
            assertThat(actual.bucketOfRank(total)).isEqualTo(entry.getKey());
        }
        assertThat(actual.total()).isEqualTo(total);
    }
}
