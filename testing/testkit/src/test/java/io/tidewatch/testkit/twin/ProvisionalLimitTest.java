package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.alerting.Transition;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.JobVerifier;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Provisionals of windows in which keys are folded. */
class ProvisionalLimitTest {
    private static final int SIZE = 10;
    private static final int OUT_OF_ORDER = 15;
    private static final List<Field> KEY = List.of(RandomMonitors.EVENTS.field(1));

    @Test
    void keysThatStayHaveTheSameProvisionalsWheneverWasLooked() {
        Choices.random("provisionals: limits", 150, choices -> {
            int keysMax = choices.of(1, 1, 2);
            MonitorScenario scenario = scenario(keysMax);
            Map<Long, Map<TwinKey, Integer>> counts = deal(choices, scenario);
            JobVerifier verifier = scenario.verifier(OptionalLong.empty());
            Set<String> ofKept = expected(counts, keysMax);
            Set<String> ofAll = expected(counts, Integer.MAX_VALUE);
            Outcome atOnce = verifier.runAtOnce();
            assertThat(provisionals(atOnce)).isEqualTo(ofKept);
            for (int variant = 0; variant < 4; variant++) {
                Outcome inPieces = verifier.runInPieces(choices);
                Set<String> beyond = provisionals(inPieces);
                assertThat(beyond).containsAll(ofKept);
                beyond.removeAll(ofKept);
                assertThat(ofAll).containsAll(beyond);
                assertThat(others(inPieces)).isEqualTo(others(atOnce));
            }
        });
    }

    private static MonitorScenario scenario(int keysMax) {
        AlertPolicy policy = new AlertPolicy(
                0,
                0,
                false,
                null,
                NoData.RESOLVE,
                OnAmend.IGNORE,
                Mode.PAGE,
                Evaluate.EARLY,
                Map.of(),
                Map.of());
        return new MonitorScenario()
                .stream(
                                "events",
                                RandomMonitors.EVENTS,
                                0,
                                TimeSpec.defaults().withOutOfOrder(OUT_OF_ORDER))
                        .limits(new KernelLimits(keysMax))
                        .monitor(
                                new MonitorText(
                                        "m",
                                        "SELECT k, COUNT(*) AS c FROM events GROUP BY k",
                                        new Windowing.Grid(Windows.tumbling(SIZE, 0)),
                                        List.of(),
                                        "c >= 2",
                                        null),
                                policy);
    }

    /** Gives the rows per window's end and key. */
    private static Map<Long, Map<TwinKey, Integer>> deal(
            Choices choices, MonitorScenario scenario) {
        List<Script> scripts = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            scripts.add(scenario.partition("events"));
        }
        Map<Long, Map<TwinKey, Integer>> counts = new TreeMap<>();
        long latest = 1_000;
        for (int i = choices.upTo(60); i > 0; i--) {
            latest += choices.upTo(4);
            long at = latest - choices.upTo(OUT_OF_ORDER);
            String key = choices.of(ChainLimitTest.KEYS);
            choices.of(scripts).row(at, key, null, null, null, null, null);
            counts.computeIfAbsent(Math.floorDiv(at, SIZE) * SIZE + SIZE, any -> new TreeMap<>())
                    .merge(TwinKey.of(KEY, List.of(true), List.of(key)), 1, Integer::sum);
        }
        return counts;
    }

    private static Set<String> expected(Map<Long, Map<TwinKey, Integer>> counts, int keysMax) {
        Set<String> expected = new TreeSet<>();
        counts.forEach((end, keys) -> {
            Map<Integer, Integer> seen = new TreeMap<>();
            keys.forEach((key, count) -> {
                boolean stays = seen.merge(key.keyGroup(), 1, Integer::sum) <= keysMax;
                if (stays && count >= 2) {
                    expected.add(key.text() + " " + end);
                }
            });
        });
        return expected;
    }

    private static Set<String> provisionals(Outcome outcome) {
        Set<String> provisionals = new TreeSet<>();
        for (Transition transition : outcome.transitions()) {
            if (transition.kind() == Transition.Kind.PROVISIONAL) {
                assertThat(provisionals.add(
                                "{k=" + transition.alert().key().get("k") + "} " + transition.at()))
                        .isTrue();
            }
        }
        return provisionals;
    }

    private static Set<String> others(Outcome outcome) {
        Set<String> others = new TreeSet<>();
        for (Transition transition : outcome.transitions()) {
            if (transition.kind() != Transition.Kind.PROVISIONAL) {
                others.add(Outcome.line(transition));
            }
        }
        return others;
    }
}
