package io.tidewatch.benchmarks;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.aggregate.AggregateInput;
import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.aggregate.FinishContext;
import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Sums of doubles and percentiles per group, beside the plain addition that they are not. */
final class SumBenchmark implements Benchmark {
    static final int GROUPS = 1_000;
    static final int ROWS = Batch.ROWS_MAX;

    private static final int BATCHES = 10_000;

    private final double[] values = new double[ROWS];
    private final int[] groups = new int[ROWS];
    private final AggregateInput input;

    SumBenchmark() {
        SplittableRandom random = new SplittableRandom(3);
        for (int row = 0; row < ROWS; row++) {
            values[row] = random.nextInt(1_000_000) / 100.0;
            groups[row] = random.nextInt(GROUPS);
        }
        this.input = new AggregateInput(
                new RowOrigins(0, new long[ROWS], new long[ROWS], null),
                List.of(new DoubleColumn(ROWS, values, null)));
    }

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        int batches = effort.events(BATCHES);
        Contest contest = new Contest("rows", (double) batches * ROWS)
                .add("plain addition", () -> () -> plain(batches))
                .add("SUM", () -> () -> fold(AggregateFunction.SUM, batches))
                .add("AVG", () -> () -> fold(AggregateFunction.AVG, batches))
                .add(
                        "APPROX_PERCENTILE",
                        () -> () -> fold(AggregateFunction.APPROX_PERCENTILE, batches))
                .go(effort, report);
        report.ratio(
                "time of SUM, in plain additions",
                contest.times("SUM", "plain addition"),
                "at most 3");
        report.ratio(
                "time of APPROX_PERCENTILE, in plain additions",
                contest.times("APPROX_PERCENTILE", "plain addition"),
                "at most 5");
    }

    /** The sum per group of so many times the rows, by plain addition. */
    double[] plain(int batches) {
        double[] sums = new double[GROUPS];
        for (int batch = 0; batch < batches; batch++) {
            for (int row = 0; row < ROWS; row++) {
                sums[groups[row]] += values[row];
            }
        }
        return sums;
    }

    /** An aggregate per group of so many times the rows. */
    double[] fold(AggregateFunction function, int batches) {
        List<?> literals = function == AggregateFunction.APPROX_PERCENTILE
                ? List.of(new BigDecimal("0.95"))
                : List.of();
        AggregateCall call =
                function.resolve(List.of(Type.DOUBLE), false, literals, AggregateLimits.DEFAULT);
        Accumulators accumulators = call.create();
        accumulators.ensureSlots(GROUPS);
        for (int batch = 0; batch < batches; batch++) {
            accumulators.accumulate(input, Selection.all(ROWS), groups);
        }
        DoubleColumnBuilder results = new DoubleColumnBuilder(GROUPS);
        accumulators.finish(Selection.all(GROUPS), FinishContext.ofWindow(1), results);
        return Arrays.copyOf(results.build().values(), GROUPS);
    }

    double value(int row) {
        return values[row];
    }

    int group(int row) {
        return groups[row];
    }
}
