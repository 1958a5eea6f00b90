package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.Snapshot;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Key groups in which nothing happened are the same bytes in the next snapshot, however far time has come. */
class IncrementalSnapshotTest {
    private static final Schema EVENTS =
            Schema.of(new Field("ts", Type.TIMESTAMP), new Field("k", Type.VARCHAR));

    private static MonitorScenario scenario(Windowing windowing, NoData noData) {
        AlertPolicy policy = new AlertPolicy(
                0,
                0,
                false,
                null,
                noData,
                OnAmend.IGNORE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
        return new MonitorScenario()
                .stream("events", EVENTS, 0, TimeSpec.defaults().withOutOfOrder(0))
                        .monitor(
                                new MonitorText(
                                        "m",
                                        "SELECT k, COUNT(*) AS c FROM events GROUP BY k",
                                        windowing,
                                        List.of(),
                                        "c >= 1",
                                        null),
                                policy);
    }

    private static int changed(MonitorScenario scenario) {
        Script script = scenario.partition("events");
        for (int i = 0; i < 300; i++) {
            script.row(1L, "key" + i);
        }
        script.row(51L, "key7").row(101L, "key7").row(151L, "key7");
        try (EmbeddedEngine engine = new EmbeddedEngine(scenario.job(), 2)) {
            engine.addPartition(0);
            Epochs.run(engine, List.of(script.records(0, 302)));
            Snapshot first = engine.snapshot(null);
            Epochs.run(engine, List.of(script.records(302, 303)));
            return engine.snapshot(null).changedSince(first).cardinality();
        }
    }

    @Test
    void alertsThatFireStayTheSameBytesWhileTimeGoesOn() {
        Windowing tens = new Windowing.Grid(Windows.tumbling(10, 0));
        assertThat(changed(scenario(tens, NoData.KEEP))).isEqualTo(1);
    }

    @Test
    void soDoSessions() {
        assertThat(changed(scenario(new Windowing.Session(10), NoData.RESOLVE))).isEqualTo(1);
    }
}
