package io.tidewatch.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitioningTest {
    /** Kept for ever: rows that are retried must go where they went. */
    @Test
    void hashesTheBytesOfAKeyStably() {
        assertThat(IntStream.range(0, 12).map(i -> hash("key-" + i, 5)).toArray())
                .containsExactly(3, 4, 1, 4, 2, 1, 1, 3, 2, 1, 3, 3);
    }

    @Test
    void looksOnlyAtTheKey() {
        byte[] bytes = "xxkeyyy".getBytes(UTF_8);
        assertThat(Partitioning.hash(bytes, 2, 3, 1_000)).isEqualTo(hash("key", 1_000));
    }

    @Test
    void splitsARetryAsTheFirstAttempt() {
        Origin origin = new Origin("shop", 42);
        assertThat(IntStream.range(0, 12)
                        .map(line -> Partitioning.random(origin, line, 5))
                        .toArray())
                .containsExactly(1, 2, 3, 4, 4, 3, 4, 2, 3, 3, 3, 3);
        assertThat(IntStream.range(0, 64)
                        .map(line -> Partitioning.random(origin, line, 1_000))
                        .toArray())
                .isNotEqualTo(IntStream.range(0, 64)
                        .map(line -> Partitioning.random(new Origin("shop", 43), line, 1_000))
                        .toArray());
    }

    @Test
    void spreadsRowsEvenly() {
        int[] counts = new int[4];
        for (int line = 0; line < 4_000; line++) {
            counts[Partitioning.random(new Origin("p", 1), line, 4)]++;
        }
        assertThat(IntStream.of(counts)).allMatch(count -> count > 900 && count < 1_100);
    }

    @Test
    void refusesNoPartitions() {
        assertThatThrownBy(() -> hash("a", 0)).hasMessageContaining("partitionCount: 0");
    }

    @Test
    void rangesEqualACountOfSplitPoints() {
        Choices.random("ranges of numbers", 200, choices -> {
            List<Long> numbers = new ArrayList<>();
            for (int i = choices.upTo(8); i > 0; i--) {
                numbers.add(choices.flag() ? choices.anyLong() : choices.upTo(20) - 10L);
            }
            List<Long> splits = numbers.stream().sorted().distinct().toList();
            RangePartitioning ranges = new RangePartitioning(
                    splits.stream().map(RangePartitioning::key).toList());
            assertThat(ranges.partitionCount()).isEqualTo(splits.size() + 1);
            for (long number : List.of(choices.anyLong(), choices.upTo(20) - 10L, Long.MIN_VALUE)) {
                byte[] key = RangePartitioning.key(number);
                assertThat(ranges.partition(key, 0, key.length)).isEqualTo((int)
                        splits.stream().filter(split -> split <= number).count());
            }
        });
    }

    @Test
    void rangesOfTextGoByCodePoints() {
        RangePartitioning ranges =
                new RangePartitioning(List.of("h".getBytes(UTF_8), "ö".getBytes(UTF_8)));
        assertThat(List.of("", "Z", "gzz", "h", "zebra", "ö", "öl", "€"))
                .extracting(text ->
                        ranges.partition(text.getBytes(UTF_8), 0, text.getBytes(UTF_8).length))
                .containsExactly(0, 0, 0, 1, 1, 2, 2, 2);
    }

    @Test
    void refusesSplitPointsThatDoNotRise() {
        assertThatThrownBy(() -> new RangePartitioning(List.of(new byte[] {2}, new byte[] {2})))
                .hasMessage("split point 2 is not greater than the one before");
    }

    private static int hash(String key, int partitionCount) {
        byte[] bytes = key.getBytes(UTF_8);
        return Partitioning.hash(bytes, 0, bytes.length, partitionCount);
    }
}
