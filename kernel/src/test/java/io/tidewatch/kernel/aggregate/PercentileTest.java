package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** APPROX_PERCENTILE against the sorted values. */
final class PercentileTest {
    @Test
    void percentilesAreWithinOnePercentOfTheValueOfTheRank() {
        Choices.random("percentiles", 600, choices -> {
            Type type = choices.of(Type.DOUBLE, Type.BIGINT, Type.decimal(18, 2));
            BigDecimal share = BigDecimal.valueOf(choices.upTo(1000), 3);
            List<Row> rows =
                    switch (type.kind()) {
                        case DOUBLE -> Numbers.doubles(choices, 60);
                        case BIGINT -> Numbers.longs(choices, 60);
                        default -> Numbers.decimals(choices, 60);
                    };
            Object actual = Evaluation.shuffled(percentile(type, share, 80_000), rows, choices)
                    .value();
            double[] sorted = Numbers.values(rows)
                    .mapToDouble(value -> ((Number) value).doubleValue())
                    .sorted()
                    .toArray();
            if (sorted.length == 0) {
                assertThat(actual).isNull();
                return;
            }
            int rank = Math.max(
                    1,
                    share.multiply(BigDecimal.valueOf(sorted.length))
                            .setScale(0, java.math.RoundingMode.CEILING)
                            .intValueExact());
            requireNear((double) Objects.requireNonNull(actual), sorted[rank - 1]);
        });
    }

    private static void requireNear(double actual, double exact) {
        if (!Double.isFinite(exact) || exact == 0) {
            assertThat(actual).isEqualTo(Double.valueOf(exact + 0.0));
        } else {
            double tolerance = Math.abs(exact) < Double.MIN_NORMAL ? 0.02 : 0.01;
            assertThat(new BigDecimal(actual).subtract(new BigDecimal(exact)).abs())
                    .as("%s for %s", actual, exact)
                    .isLessThanOrEqualTo(new BigDecimal(exact)
                            .abs()
                            .multiply(new BigDecimal(tolerance * (1 + 1e-15))));
        }
    }

    @Test
    void bucketsRiseWithTheirValuesAndStandForAllOfThem() {
        Choices.random("buckets", 3000, choices -> {
            double value = Math.scalb(1 + choices.fraction(), choices.between(-1074, 1023));
            value = choices.oneIn(4) ? choices.of(1.0, Double.MIN_VALUE, Double.MAX_VALUE) : value;
            int bucket = QuantileBuckets.bucket(value);
            requireNear(QuantileBuckets.value(bucket), value);
            if (value >= Double.MIN_NORMAL && value < Double.MAX_VALUE) {
                assertThat(QuantileBuckets.bucket(Math.nextUp(value)))
                        .isBetween(bucket, bucket + 1);
            }
        });
    }

    @Test
    void bothEndsOfABucketAreWithinOnePercent() {
        double least = 1.0;
        while (least < 1024) {
            int bucket = QuantileBuckets.bucket(least);
            double greatest = least;
            double beyond = 1.03 * least;
            while (Math.nextUp(greatest) < beyond) {
                double middle = (greatest + beyond) / 2;
                if (QuantileBuckets.bucket(middle) == bucket) {
                    greatest = middle;
                } else {
                    beyond = middle;
                }
            }
            requireNear(QuantileBuckets.value(bucket), least);
            requireNear(QuantileBuckets.value(bucket), greatest);
            least = beyond;
        }
    }

    @Test
    void beyondTheLimitTheBucketsNearestToZeroBecomeOne() {
        Choices.random("bucket limit", 500, choices -> {
            int limit = choices.of(1, 2, 5, 20, 100);
            List<Integer> buckets = new java.util.ArrayList<>();
            int spread = choices.of(3, 30, 500);
            for (int i = choices.between(1, 40); i > 0; i--) {
                buckets.add(choices.between(-spread, spread));
            }
            BucketCounts left = new BucketCounts(limit);
            BucketCounts right = new BucketCounts(limit);
            TreeMap<Integer, Long> expected = new TreeMap<>();
            int greatest = buckets.stream().max(Integer::compare).orElseThrow();
            for (int bucket : buckets) {
                (choices.flag() ? left : right).add(bucket);
                expected.merge(Math.max(bucket, greatest - limit + 1), 1L, Long::sum);
            }
            if (choices.flag()) {
                left.add(right);
            } else {
                var writer = new io.tidewatch.kernel.batch.ByteWriter(16);
                right.write(writer);
                left.addFrom(new io.tidewatch.kernel.batch.ByteReader(writer.copyBytes()));
            }
            assertThat(left.total()).isEqualTo(buckets.size());
            assertThat(left.isMerged())
                    .isEqualTo(buckets.stream().anyMatch(bucket -> bucket <= greatest - limit));
            long rank = 0;
            for (var entry : expected.entrySet()) {
                assertThat(left.bucketOfRank(rank + 1)).isEqualTo(entry.getKey());
                rank += entry.getValue();
                assertThat(left.bucketOfRank(rank)).isEqualTo(entry.getKey());
            }
        });
    }

    @Test
    void theLimitGivesTheSameAnswerInAnyOrder() {
        Choices.random("percentile limit", 200, choices -> {
            List<Row> rows = Numbers.doubles(choices, 40);
            BigDecimal share = BigDecimal.valueOf(choices.upTo(10), 1);
            AggregateCall call = percentile(Type.DOUBLE, share, choices.between(1, 40));
            assertThat(Evaluation.shuffled(call, rows, choices))
                    .isEqualTo(Evaluation.plain(call, rows));
        });
    }

    @Test
    void theShareIsTheDecimalThatWasWritten() {
        assertThat(PercentileAccumulators.rank(new BigDecimal("0.07"), 100)).isEqualTo(7);
        assertThat(PercentileAccumulators.rank(new BigDecimal("0.071"), 100)).isEqualTo(8);
        assertThat(PercentileAccumulators.rank(BigDecimal.ZERO, 100)).isEqualTo(1);
        assertThat(PercentileAccumulators.rank(BigDecimal.ONE, 100)).isEqualTo(100);
    }

    private static AggregateCall percentile(Type type, BigDecimal share, int buckets) {
        return AggregateFunction.APPROX_PERCENTILE.resolve(
                List.of(type), false, List.of(share), new AggregateLimits(1, buckets, 1));
    }
}
