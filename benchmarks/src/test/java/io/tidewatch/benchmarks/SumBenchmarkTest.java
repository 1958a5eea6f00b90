package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tidewatch.kernel.aggregate.AggregateFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumBenchmarkTest {
    private static final int BATCHES = 3;

    private final SumBenchmark benchmark = new SumBenchmark();

    @Test
    void everyBodyGivesTheNaiveAnswer() {
        double[] plain = benchmark.plain(BATCHES);
        double[] sums = benchmark.fold(AggregateFunction.SUM, BATCHES);
        double[] averages = benchmark.fold(AggregateFunction.AVG, BATCHES);
        double[] percentiles = benchmark.fold(AggregateFunction.APPROX_PERCENTILE, BATCHES);
        for (int group = 0; group < SumBenchmark.GROUPS; group++) {
            List<Double> values = new ArrayList<>();
            BigDecimal sum = BigDecimal.ZERO;
            for (int row = 0; row < SumBenchmark.ROWS; row++) {
                if (benchmark.group(row) == group) {
                    values.add(benchmark.value(row));
                    sum = sum.add(new BigDecimal(benchmark.value(row)));
                }
            }
            BigDecimal total = sum.multiply(BigDecimal.valueOf(BATCHES));
            assertThat(sums[group]).isEqualTo(total.doubleValue());
            assertThat(plain[group]).isCloseTo(total.doubleValue(), offset(1e-6));
            assertThat(averages[group]).isCloseTo(sum.doubleValue() / values.size(), offset(1e-9));
            Collections.sort(values);
            double exact = values.get((int) Math.ceil(0.95 * values.size()) - 1);
            assertThat(percentiles[group]).isCloseTo(exact, offset(0.02 * exact));
        }
    }
}
