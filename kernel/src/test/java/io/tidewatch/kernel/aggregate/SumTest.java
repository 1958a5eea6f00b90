package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SumTest {
    private static final Type MONEY = Type.decimal(18, 2);

    @Test
    void sumsOfDoublesEqualTheExactSumRoundedOnce() {
        Choices.random("sums of doubles", 1500, choices -> {
            List<Row> rows = Numbers.doubles(choices, 60);
            assertThat(Evaluation.shuffled(sum(Type.DOUBLE), rows, choices).value())
                    .isEqualTo(naive(rows));
        });
    }

    @Test
    void manyAdditionsPassTheirCarriesOn() {
        Choices.random("many additions", 10, choices -> {
            ExactSum sum = new ExactSum();
            BigDecimal exact = BigDecimal.ZERO;
            double large = choices.of(1.0, -1.0) * Double.MAX_VALUE;
            for (int i = 0; i < 5000; i++) {
                double value = choices.oneIn(3) ? Double.MIN_VALUE : large;
                sum.add(value);
                exact = exact.add(new BigDecimal(value));
                if (choices.oneIn(1000)) {
                    ExactSum other = new ExactSum();
                    other.add(sum);
                    other.add(sum);
                    sum = other;
                    exact = exact.add(exact);
                }
            }
            Rational actual = sum.exact();
            BigDecimal scale = BigDecimal.valueOf(2).pow(-actual.exponent());
            assertThat(new BigDecimal(actual.numerator()))
                    .isEqualByComparingTo(exact.multiply(scale));
        });
    }

    @Test
    void aSumOfDoublesMayLeaveTheRangeOnItsWay() {
        assertThat(sumOf(1e308, 1e308, -1e308)).isEqualTo(1e308);
        assertThat(sumOf(1e308, 1e308)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sumOf(-1e308, -1e308)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(sumOf(Double.MAX_VALUE, 0x1p969)).isEqualTo(Double.MAX_VALUE);
        assertThat(sumOf(Double.MAX_VALUE, 0x1p970)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aSumOfNegativeZerosIsPositiveZero() {
        assertThat(sumOf(-0.0)).isEqualTo(0.0);
        assertThat(sumOf(-0.0, -0.0)).isEqualTo(0.0);
        assertThat(sumOf(1.0, -1.0)).isEqualTo(0.0);
    }

    @Test
    void whatIsNotFiniteIsCountedApart() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(sumOf(infinity, 1.0)).isEqualTo(infinity);
        assertThat(sumOf(-infinity, 1e308)).isEqualTo(-infinity);
        assertThat(sumOf(infinity, 1.0, -infinity)).isEqualTo(Double.NaN);
        assertThat(sumOf(Double.NaN, 1.0)).isEqualTo(Double.NaN);
    }

    @Test
    void sumsOfIntegersAreJudgedOnTheCombinedResult() {
        Choices.random("sums of integers", 500, choices -> {
            List<Row> rows = Numbers.longs(choices, 40);
            BigDecimal exact = Numbers.sum(rows);
            boolean fits = exact == null || exact.toBigInteger().bitLength() <= 63;
            Evaluation sum = Evaluation.shuffled(sum(Type.BIGINT), rows, choices);
            assertThat(sum.value())
                    .isEqualTo(exact == null || !fits ? null : exact.longValueExact());
            assertThat(sum.failure() == null).isEqualTo(fits);
        });
    }

    @Test
    void sumsOfDecimalsAreJudgedOnTheCombinedResult() {
        Choices.random("sums of decimals", 500, choices -> {
            List<Row> rows = Numbers.decimals(choices, 40);
            BigDecimal exact = Numbers.sum(rows);
            boolean fits = exact == null || exact.precision() <= 18;
            Evaluation sum = Evaluation.shuffled(sum(Type.decimal(10, 2)), rows, choices);
            assertThat(sum.value()).isEqualTo(fits ? exact : null);
            assertThat(sum.failure() == null).isEqualTo(fits);
        });
    }

    @Test
    void anOverflowNamesTheSumAndTheRemedy() {
        Evaluation sum = Evaluation.plain(
                sum(MONEY),
                List.of(
                        Row.of(new BigDecimal("9999999999999999.99")),
                        Row.of(new BigDecimal("0.01"))));
        assertThat(sum.value()).isNull();
        assertThat(sum.failure())
                .isEqualTo(new FinishFailure(
                        0,
                        ErrorCode.NUMERIC_OVERFLOW,
                        "the sum 10000000000000000.00 does not fit DECIMAL(18, 2);"
                                + " sum CAST(... AS DOUBLE) instead"));
    }

    @Test
    void countsRowsWithoutNull() {
        Choices.random("counts", 200, choices -> {
            List<Row> rows = Numbers.longs(choices, 40);
            assertThat(Evaluation.shuffled(call(AggregateFunction.COUNT), rows, choices)
                            .value())
                    .isEqualTo((long) rows.size());
            assertThat(Evaluation.shuffled(
                                    call(AggregateFunction.COUNT, Type.BIGINT), rows, choices)
                            .value())
                    .isEqualTo(Numbers.values(rows).count());
        });
    }

    private static @Nullable Double naive(List<Row> rows) {
        Double special = Numbers.special(rows);
        BigDecimal exact = special == null ? Numbers.sum(rows) : null;
        return exact == null ? special : (Double) Numbers.nearest(exact);
    }

    private static @Nullable Object sumOf(double... values) {
        return Evaluation.plain(
                        sum(Type.DOUBLE),
                        Arrays.stream(values).mapToObj(Row::of).toList())
                .value();
    }

    private static AggregateCall sum(Type type) {
        return call(AggregateFunction.SUM, type);
    }

    private static AggregateCall call(AggregateFunction function, Type... types) {
        return function.resolve(types);
    }
}
