package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Absence;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Alerts where keys are folded into overflow rows. */
class LimitTest {
    private static final List<Field> KEY = List.of(RandomMonitors.EVENTS.field(1));

    @Test
    void anOverflowRowThatCannotBeComputedIsNoKeyOfTheAlert() {
        Windowing tens = new Windowing.Grid(Windows.tumbling(10, 0));
        MonitorScenario scenario = scenario();
        scenario.monitor(
                new MonitorText(
                        "sum",
                        "SELECT k, SUM(n) AS s FROM events GROUP BY k",
                        tens,
                        List.of(),
                        "s > 0",
                        null),
                learning());
        Script script = scenario.partition("events");
        List<String> keys = keysOfOneKeyGroup();
        keys.forEach(key -> row(script, 1, key, Long.MAX_VALUE));
        row(script, 60, keys.get(0), 0L);

        assertThat(transitions(scenario))
                .containsExactly(
                        "{k=" + keys.get(0) + "} FIRING at 10",
                        "{k=" + keys.get(0) + "} RESOLVED at 70");
    }

    @Test
    void aSessionCutShortByTheLimitIsEvaluatedAlthoughItsTimeHasPassed() {
        List<String> keys = keysOfOneKeyGroup();
        String kept = keys.get(0);
        String folded = keys.get(1);
        MonitorScenario scenario = scenario();
        scenario.monitor(
                new MonitorText(
                        "count",
                        "SELECT k, COUNT(*) AS c FROM events GROUP BY k",
                        new Windowing.Session(10),
                        List.of(),
                        "c >= 1",
                        null),
                AlertPolicy.immediate());
        Script script = scenario.partition("events");
        row(script, 8, folded, 0L);
        row(script, 9, "alone", 0L);
        row(script, 12, folded, 0L);
        row(script, 19, kept, 0L);
        row(script, 60, "alone", 0L);

        assertThat(transitions(scenario))
                .containsExactlyInAnyOrder(
                        "{k=" + folded + "} FIRING at 18",
                        "{k=alone} FIRING at 19",
                        "{k=" + kept + "} FIRING at 29");
    }

    private static MonitorScenario scenario() {
        return new MonitorScenario()
                .stream("events", RandomMonitors.EVENTS, 0, TimeSpec.defaults().withOutOfOrder(0))
                        .limits(new KernelLimits(1));
    }

    private static AlertPolicy learning() {
        return new AlertPolicy(
                0,
                0,
                false,
                new Absence(1_000, 10_000, true, List.of()),
                NoData.KEEP,
                OnAmend.IGNORE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
    }

    private static void row(Script script, long at, String key, @Nullable Long n) {
        script.row(at, key, null, n, null, null, null);
    }

    /** Three keys of one key group; the first stays when only one may. */
    private static List<String> keysOfOneKeyGroup() {
        return IntStream.range(0, 2_000)
                .mapToObj(i -> TwinKey.of(KEY, List.of(true), List.of("key" + i)))
                .filter(key -> key.keyGroup() == 77)
                .limit(3)
                .sorted()
                .map(key -> (String) key.values().get(0))
                .toList();
    }

    private static List<String> transitions(MonitorScenario scenario) {
        Outcome outcome = scenario.verifier(OptionalLong.empty()).verify(Choices.ofSeed(5), 12);
        return outcome.transitions().stream()
                .filter(each -> !each.alert().key().isEmpty())
                .map(each ->
                        "{k=" + each.alert().key().get("k") + "} " + each.to() + " at " + each.at())
                .toList();
    }
}
