package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** AVG, VARIANCE, STDDEV and RATE against exact decimal arithmetic. */
final class MomentTest {
    private static final Type MONEY = Type.decimal(18, 2);
    private static final AggregateCall AVG = AggregateFunction.AVG.resolve(Type.DOUBLE);
    private static final AggregateCall VAR_POP = AggregateFunction.VAR_POP.resolve(Type.DOUBLE);
    private static final AggregateCall STDDEV_POP =
            AggregateFunction.STDDEV_POP.resolve(Type.DOUBLE);
    private static final AggregateCall STDDEV_SAMP =
            AggregateFunction.STDDEV_SAMP.resolve(Type.DOUBLE);

    @Test
    void averagesEqualTheExactMeanRoundedOnce() {
        Choices.random("averages", 600, choices -> {
            Type type = choices.of(Type.DOUBLE, Type.BIGINT, MONEY);
            List<Row> rows = rows(type, choices);
            Object actual = Evaluation.shuffled(AggregateFunction.AVG.resolve(type), rows, choices)
                    .value();
            requireQuotient(
                    actual, rows, BigDecimal.valueOf(Numbers.values(rows).count()));
        });
    }

    /** Requires the sum of the rows divided by a number, or NULL, NaN or an infinity where the sum is. */
    private static void requireQuotient(
            @Nullable Object actual, List<Row> rows, BigDecimal divisor) {
        Double special = Numbers.special(rows);
        if (special != null || Numbers.sum(rows) == null) {
            assertThat(actual).isEqualTo(special);
        } else {
            Numbers.requireNearest(actual, sum(rows), divisor, 1);
        }
    }

    @Test
    void anAverageExistsWhereTheSumOverflows() {
        assertThat(of(AVG, 1e308, 1.5e308)).isEqualTo(1.25e308);
        assertThat(of(AVG, Double.MIN_VALUE, Double.MIN_VALUE, 0.0)).isEqualTo(Double.MIN_VALUE);
        assertThat(of(AVG, -0.0)).isEqualTo(0.0);
        assertThat(of(AVG, -Double.MIN_VALUE, 0.0, 0.0)).isEqualTo(0.0);
        assertThat(of(AVG, -Double.MIN_VALUE, 1e300, -1e300)).isEqualTo(0.0);
        assertThat(Evaluation.plain(
                                AggregateFunction.AVG.resolve(Type.BIGINT),
                                List.of(Row.of(Long.MAX_VALUE), Row.of(Long.MAX_VALUE)))
                        .value())
                .isEqualTo(0x1p63);
    }

    @Test
    void variancesEqualTheExactOnesRoundedOnce() {
        Choices.random("variances", 400, choices -> {
            Type type = choices.of(Type.DOUBLE, Type.DOUBLE, Type.BIGINT, MONEY);
            boolean sample = choices.flag();
            List<Row> rows = rows(type, choices);
            AggregateCall variance =
                    (sample ? AggregateFunction.VAR_SAMP : AggregateFunction.VAR_POP).resolve(type);
            AggregateCall deviation = (sample
                            ? AggregateFunction.STDDEV_SAMP
                            : AggregateFunction.STDDEV_POP)
                    .resolve(type);
            Object actual = Evaluation.shuffled(variance, rows, choices).value();
            Object root = Evaluation.shuffled(deviation, rows, choices).value();
            long count = Numbers.values(rows).count();
            if (count < (sample ? 2 : 1)) {
                assertThat(actual).isNull();
                assertThat(root).isNull();
            } else if (Numbers.special(rows) != null) {
                assertThat(actual).isEqualTo(Double.NaN);
                assertThat(root).isEqualTo(Double.NaN);
            } else {
                BigDecimal n = BigDecimal.valueOf(count);
                BigDecimal numerator =
                        n.multiply(sumOfSquares(rows)).subtract(sum(rows).pow(2));
                BigDecimal denominator = n.multiply(sample ? n.subtract(BigDecimal.ONE) : n);
                Numbers.requireNearest(actual, numerator, denominator, 1);
                Numbers.requireNearest(root, numerator, denominator, 2);
            }
        });
    }

    @Test
    void squaresMayLeaveTheRangeOfDoubles() {
        assertThat(of(VAR_POP, 1e200, -1e200)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(of(STDDEV_POP, 1e200, -1e200)).isEqualTo(1e200);
        assertThat(of(STDDEV_POP, Double.MAX_VALUE, -Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
        assertThat(of(VAR_POP, Double.MIN_VALUE, -Double.MIN_VALUE)).isEqualTo(0.0);
        assertThat(of(STDDEV_POP, Double.MIN_VALUE, -Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(of(VAR_POP, 1e308, 1e308, 1e308)).isEqualTo(0.0);
    }

    @Test
    void varianceDoesNotCancel() {
        assertThat(of(VAR_POP, 1e15, 1e15 + 1, 1e15 + 2)).isEqualTo(2.0 / 3);
        assertThat(of(STDDEV_SAMP, 2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0))
                .isEqualTo(Math.sqrt(32.0 / 7));
        assertThat(of(STDDEV_SAMP, 1.0)).isNull();
        assertThat(of(STDDEV_POP, 1.0)).isEqualTo(0.0);
    }

    @Test
    void ratesArePerSecondOfTheWindow() {
        Choices.random("rates", 200, choices -> {
            Type type = choices.of(Type.DOUBLE, Type.BIGINT, MONEY);
            List<Row> rows = rows(type, choices);
            BigDecimal seconds = BigDecimal.valueOf(Evaluation.WINDOW_MILLIS / 1000);
            requireQuotient(
                    Evaluation.shuffled(AggregateFunction.RATE.resolve(type), rows, choices)
                            .value(),
                    rows,
                    seconds);
            Numbers.requireNearest(
                    Evaluation.shuffled(AggregateFunction.RATE.resolve(), rows, choices)
                            .value(),
                    BigDecimal.valueOf(rows.size()),
                    seconds,
                    1);
        });
    }

    @Test
    void aRateWithoutAWindowFailsForItsSlot() {
        for (AggregateCall call : List.of(
                AggregateFunction.RATE.resolve(), AggregateFunction.RATE.resolve(Type.DOUBLE))) {
            Accumulators accumulators = call.create();
            accumulators.ensureSlots(2);
            FinishContext context = FinishContext.ofSlots(new long[] {1000, 0});
            var out = io.tidewatch.kernel.batch.ColumnBuilder.of(Type.DOUBLE, 2);
            accumulators.finish(io.tidewatch.kernel.batch.Selection.all(2), context, out);
            assertThat(out.build().isNull(1)).isTrue();
            assertThat(context.failures())
                    .extracting(FinishFailure::slot, FinishFailure::code)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1, ErrorCode.DIVISION_BY_ZERO));
        }
    }

    private static List<Row> rows(Type type, Choices choices) {
        return switch (type.kind()) {
            case DOUBLE -> Numbers.doubles(choices, 20);
            case BIGINT -> Numbers.longs(choices, 20);
            default -> Numbers.decimals(choices, 20);
        };
    }

    private static BigDecimal sum(List<Row> rows) {
        return Objects.requireNonNull(Numbers.sum(rows));
    }

    private static BigDecimal sumOfSquares(List<Row> rows) {
        return Numbers.values(rows)
                .map(value -> Numbers.exact(value).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static @Nullable Object of(AggregateCall call, double... values) {
        return Evaluation.plain(call, Arrays.stream(values).mapToObj(Row::of).toList())
                .value();
    }
}
