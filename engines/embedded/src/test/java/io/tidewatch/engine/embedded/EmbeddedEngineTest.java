package io.tidewatch.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.KeyDecoder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EmbeddedEngineTest {
    private static final Schema EVENTS = Schema.of(
            new Field("ts", Type.TIMESTAMP),
            new Field("k", Type.BIGINT),
            new Field("v", Type.BIGINT));

    @Test
    void countsAndSumsPerWindowAndKeyHoweverTheLogIsCut() {
        Choices.random("embedded engine: counts and sums", 150, choices -> {
            long size = choices.between(1, 20);
            long hop = choices.between(1, 20);
            Windows windows = Windows.hopping(size, hop, choices.upTo(5));
            int partitions = choices.between(1, 3);
            List<List<long[]>> events = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                List<long[]> rows = new ArrayList<>();
                long base = 1_000;
                for (int i = choices.upTo(60); i > 0; i--) {
                    base += choices.upTo(4);
                    rows.add(new long[] {base - choices.upTo(3), choices.upTo(3), choices.upTo(100)
                    });
                }
                events.add(rows);
            }
            assertThat(run(windows, events, choices)).isEqualTo(expected(windows, events));
        });
    }

    @Test
    void rowsBeyondTheEndCloseNothingThatEndsAfterIt() {
        Windows windows = Windows.tumbling(10, 0);
        try (EmbeddedEngine engine = new EmbeddedEngine(Job.of(plan(windows)), 1)) {
            engine.addPartition(0);
            engine.endAt(25);
            List<long[]> rows =
                    List.of(new long[] {5, 1, 1}, new long[] {15, 1, 1}, new long[] {95, 1, 1});
            List<Result> closed = new ArrayList<>(
                    engine.epoch(List.of(List.of(events(rows, 0)))).results());
            closed.addAll(engine.finish(OptionalLong.of(25)).results());
            assertThat(closed).extracting(Result::windowEnd).containsExactly(10L, 20L);
            assertThat(engine.early().results())
                    .extracting(Result::windowEnd)
                    .containsExactly(100L);
        }
    }

    private static Map<String, String> expected(Windows windows, List<List<long[]>> events) {
        Map<String, long[]> sums = new TreeMap<>();
        for (List<long[]> rows : events) {
            for (long[] row : rows) {
                if (!windows.contains(row[0])) {
                    continue;
                }
                for (long end = windows.firstEnd(row[0]);
                        end <= windows.lastEnd(row[0]);
                        end = windows.nextEnd(end)) {
                    long[] sum = sums.computeIfAbsent(end + "/" + row[1], key -> new long[2]);
                    sum[0]++;
                    sum[1] += row[2];
                }
            }
        }
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((key, sum) -> texts.put(key, sum[0] + ", " + sum[1]));
        return texts;
    }

    private static Map<String, String> run(
            Windows windows, List<List<long[]>> events, Choices choices) {
        Map<String, String> results = new TreeMap<>();
        try (EmbeddedEngine engine =
                new EmbeddedEngine(Job.of(plan(windows)), choices.between(1, 3))) {
            int[] taken = new int[events.size()];
            events.forEach(rows -> engine.addPartition(0));
            boolean left = true;
            while (left) {
                left = false;
                List<List<LogRecord>> epoch = new ArrayList<>();
                for (int partition = 0; partition < taken.length; partition++) {
                    List<long[]> rows = events.get(partition);
                    int count = Math.min(rows.size() - taken[partition], choices.upTo(20));
                    epoch.add(List.of(events(
                            rows.subList(taken[partition], taken[partition] + count),
                            taken[partition])));
                    taken[partition] += count;
                    left |= taken[partition] < rows.size();
                }
                engine.epoch(epoch).results().forEach(result -> add(result, results));
            }
            engine.finish(OptionalLong.empty()).results().forEach(result -> add(result, results));
        }
        return results;
    }

    private static void add(Result result, Map<String, String> results) {
        Object key = KeyDecoder.values(result.key(), List.of(Type.BIGINT)).get(0);
        String text = result.values().get(1) + ", " + result.values().get(2);
        assertThat(results.put(result.windowEnd() + "/" + key, text)).isNull();
    }

    private static LogRecord events(List<long[]> rows, int firstOffset) {
        long[] times = new long[rows.size()];
        long[] keys = new long[rows.size()];
        long[] values = new long[rows.size()];
        long[] offsets = new long[rows.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = rows.get(i)[0];
            keys[i] = rows.get(i)[1];
            values[i] = rows.get(i)[2];
            offsets[i] = (long) firstOffset + i;
        }
        Batch batch = new Batch(
                EVENTS,
                times.length,
                new LongColumn(times),
                new LongColumn(keys),
                new LongColumn(values));
        return new LogRecord.Events(batch, times, offsets, null, null);
    }

    private static JobPlan plan(Windows windows) {
        Expression key = Expressions.column(1, Type.BIGINT);
        Expression value = Expressions.column(2, Type.BIGINT);
        LinkInput input = new LinkInput(
                new RowSource.OfStream("events"), null, List.of(), null, List.of(key, value));
        Aggregation aggregation = new Aggregation(
                new Windowing.Grid(windows),
                -1,
                1,
                List.of(List.of(0)),
                List.of(
                        new AggregateColumn(
                                AggregateFunction.COUNT.resolve(
                                        List.of(), false, List.of(), AggregateLimits.DEFAULT),
                                List.of(),
                                -1),
                        new AggregateColumn(
                                AggregateFunction.SUM.resolve(
                                        List.of(Type.BIGINT),
                                        false,
                                        List.of(),
                                        AggregateLimits.DEFAULT),
                                List.of(1),
                                -1)),
                false);
        OutputColumn k = new OutputColumn("k", Expressions.column(0, Type.BIGINT));
        OutputColumn n = new OutputColumn("n", Expressions.column(2, Type.BIGINT));
        OutputColumn s = new OutputColumn("s", Expressions.column(3, Type.BIGINT));
        Link link = new Link(
                List.of(input), aggregation, new LinkOutput(null, List.of(k, n, s), List.of(k)));
        MonitorPlan monitor =
                new MonitorPlan("m", "1", List.of(link), List.of(0), null, null, false);
        StreamPlan stream =
                new StreamPlan("events", EVENTS, 0, TimeSpec.defaults().withOutOfOrder(4), null);
        return JobPlan.of(List.of(stream), Map.of(), List.of(monitor), KernelLimits.DEFAULT);
    }
}
