package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EndOfInputTest {
    @Test
    void rowsBeyondTheEndCloseNothingThatEndsAfterIt() {
        MonitorScenario scenario = counting(4);
        Script script = scenario.partition("events").row(5L, 1L).row(15L, 1L).row(95L, 1L);

        try (EmbeddedEngine engine = new EmbeddedEngine(scenario.job(), 1)) {
            engine.addPartition(0);
            engine.endAt(25);
            List<Result> closed = new ArrayList<>(
                    Epochs.run(engine, List.of(script.records(0, 3))).results());
            engine.finish(OptionalLong.of(25), updates -> closed.addAll(updates.results()));
            assertThat(closed).extracting(Result::windowEnd).containsExactly(10L, 20L);
            assertThat(engine.open().results()).extracting(Result::windowEnd).containsExactly(100L);
        }
    }

    @Test
    void whatIsDueAtTheEndComesInStepsThoughAPartitionIsEmpty() {
        MonitorScenario scenario = counting(4);
        Script script = scenario.partition("events");
        for (long at = 5; at < 1_000; at += 10) {
            script.row(at, 1L);
        }
        scenario.partition("events");

        try (EmbeddedEngine engine = new EmbeddedEngine(scenario.job(), 1)) {
            engine.addPartition(0);
            engine.addPartition(0);
            assertThat(Epochs.run(engine, List.of(script.records(0, 100))).results())
                    .isEmpty();
            List<Integer> steps = new ArrayList<>();
            engine.finish(
                    OptionalLong.empty(), updates -> steps.add(updates.results().size()));
            assertThat(steps).hasSizeGreaterThan(1).allMatch(size -> size < 100);
            assertThat(steps.stream().mapToInt(size -> size).sum()).isEqualTo(100);
        }
    }

    /** A count per key in windows of 10 ms. */
    static MonitorScenario counting(long outOfOrder) {
        Schema events = Schema.of(new Field("ts", Type.TIMESTAMP), new Field("k", Type.BIGINT));
        MonitorScenario scenario = new MonitorScenario()
                .stream("events", events, 0, TimeSpec.defaults().withOutOfOrder(outOfOrder));
        scenario.monitor(
                "count",
                "SELECT k, COUNT(*) AS c FROM events GROUP BY k",
                new Windowing.Grid(Windows.tumbling(10, 0)));
        return scenario;
    }
}
