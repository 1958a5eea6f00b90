package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** APPROX_PERCENTILE against the sorted values. */
final class PercentileTest {
    @Test
    void percentilesAreNearTheValueOfTheRank() {
        Choices.random("percentiles", 600, choices -> {
            Type type = choices.of(Type.DOUBLE, Type.BIGINT, Type.decimal(18, 2));
            BigDecimal share = BigDecimal.valueOf(choices.upTo(1000), 3);
            List<Row> rows =
                    switch (type.kind()) {
                        case DOUBLE -> Numbers.doubles(choices, 60);
                        case BIGINT -> Numbers.longs(choices, 60);
                        default -> Numbers.decimals(choices, 60);
                    };
            Object actual = Evaluation.shuffled(percentile(type, share, 200_000), rows, choices)
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
            double tolerance = 1.0 / 128;
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
    void bothEndsOfABucketAreNearWhatStandsForIt() {
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
            List<Integer> buckets = new ArrayList<>();
            int spread = choices.of(3, 30, 500);
            for (int i = choices.between(1, 40); i > 0; i--) {
                buckets.add(choices.between(-spread, spread));
            }
            BucketCounts left = counts(limit);
            BucketCounts right = counts(limit);
            TreeMap<Integer, Long> expected = new TreeMap<>();
            int greatest = buckets.stream().max(Integer::compare).orElseThrow();
            for (int bucket : buckets) {
                (choices.flag() ? left : right).add(1, bucket, 1);
                expected.merge(Math.max(bucket, greatest - limit + 1), 1L, Long::sum);
            }
            if (choices.flag()) {
                left.add(1, right, 1);
            } else {
                var writer = new io.tidewatch.kernel.batch.ByteWriter(16);
                right.write(1, writer);
                left.addFrom(1, new io.tidewatch.kernel.batch.ByteReader(writer.copyBytes()));
            }
            assertThat(left.total(1)).isEqualTo(buckets.size());
            assertThat(left.isMerged(1))
                    .isEqualTo(buckets.stream().anyMatch(bucket -> bucket <= greatest - limit));
            long rank = 0;
            for (var entry : expected.entrySet()) {
                assertThat(left.bucketOfRank(1, rank + 1)).isEqualTo(entry.getKey());
                rank += entry.getValue();
                assertThat(left.bucketOfRank(1, rank)).isEqualTo(entry.getKey());
            }
        });
    }

    private static BucketCounts counts(int limit) {
        BucketCounts counts = new BucketCounts(limit);
        counts.ensureSlots(2);
        return counts;
    }

    @Test
    void negativeValuesAreFoundBesideNegativeInfinities() {
        double infinity = Double.POSITIVE_INFINITY;
        List<Row> rows = DoubleStream.of(-infinity, -infinity, -1.0, 0.0, 1.0)
                .mapToObj(Row::of)
                .toList();
        double[] expected = {-infinity, -infinity, -1.0, 0.0, 1.0};
        for (int i = 0; i < expected.length; i++) {
            BigDecimal share = BigDecimal.valueOf(2L * (i + 1), 1);
            double actual = (double) Objects.requireNonNull(
                    Evaluation.plain(percentile(Type.DOUBLE, share, 100), rows).value());
            requireNear(actual, expected[i]);
        }
    }

    @Test
    void manyRowsPerGroupAreNearTheSortedValues() {
        Choices.random("percentiles per group", 60, choices -> {
            int groups = choices.between(1, 5);
            BigDecimal share = BigDecimal.valueOf(choices.upTo(100), 2);
            Accumulators accumulators = percentile(Type.DOUBLE, share, 200_000).create();
            accumulators.ensureSlots(groups);
            List<List<Double>> values = new ArrayList<>();
            for (int group = 0; group < groups; group++) {
                values.add(new ArrayList<>());
            }
            for (int batch = choices.between(1, 6); batch > 0; batch--) {
                add(accumulators, values, choices);
                if (choices.oneIn(4)) {
                    int cleared = choices.upTo(groups - 1);
                    accumulators.clear(cleared);
                    values.get(cleared).clear();
                }
            }
            for (int group = 0; group < groups; group++) {
                Object actual = Evaluation.finish(
                                percentile(Type.DOUBLE, share, 200_000), accumulators, group)
                        .value();
                double[] sorted = values.get(group).stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                if (sorted.length == 0) {
                    assertThat(actual).isNull();
                } else {
                    long rank = PercentileAccumulators.rank(share, sorted.length);
                    requireNear((double) Objects.requireNonNull(actual), sorted[(int) rank - 1]);
                }
            }
        });
    }

    private static void add(Accumulators to, List<List<Double>> values, Choices choices) {
        int size = choices.between(1, 500);
        int kind = choices.upTo(3);
        double[] column = new double[size];
        int[] slots = new int[size];
        for (int row = 0; row < size; row++) {
            slots[row] = choices.upTo(values.size() - 1);
            column[row] = value(kind, choices);
            values.get(slots[row]).add(column[row]);
        }
        RowOrigins origins = new RowOrigins(0, new long[size], new long[size], null);
        to.accumulate(
                new AggregateInput(origins, List.of(new DoubleColumn(size, column, null))),
                Selection.all(size),
                slots);
    }

    private static double value(int kind, Choices choices) {
        if (choices.oneIn(30)) {
            return choices.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, -1.0, 0x1p-1050);
        }
        return switch (kind) {
            case 0 -> choices.upTo(1_000_000) / 100.0;
            case 1 -> choices.between(-20, 20);
            case 2 -> Math.scalb(1 + choices.fraction(), choices.between(-30, 30));
            default -> Math.scalb(1 + choices.fraction(), choices.between(-1074, -1010));
        };
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
