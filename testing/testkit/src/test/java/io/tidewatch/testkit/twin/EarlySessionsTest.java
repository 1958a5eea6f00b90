package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Sessions that are shown before they end. */
class EarlySessionsTest {
    private static final TimeSpec TIME = TimeSpec.defaults().withOutOfOrder(15);
    private static final String COUNTS = RandomMonitors.counts().sql();

    @Test
    void theyAreAsIfNoMoreEventsCame() {
        Choices.random("early sessions", 150, choices -> {
            long gap = choices.between(1, 12);
            int keysMax = choices.of(1, 1, 2, 1_000);
            MonitorScenario scenario = scenario(gap, keysMax);
            for (int i = choices.between(1, 3); i > 0; i--) {
                scenario.add(RandomMonitors.script(choices, 40, 4));
            }
            OptionalLong until = choices.flag()
                    ? OptionalLong.of(1_000 + choices.upTo(160))
                    : OptionalLong.empty();
            Outcome outcome = scenario.verifier(until).runOpen(choices);
            assertThat(LineDifference.of(
                            whole(scenario, gap, keysMax), lines(scenario.job().plan(), outcome)))
                    .isEmpty();
        });
    }

    @Test
    void theySayThatRowsMayBeMissing() {
        MonitorScenario scenario = scenario(10, 1);
        Script script = scenario.partition("events");
        List<String> keys = RandomMonitors.KEYS.subList(0, 2);
        // The second one is folded between 10 and 20.
        for (String key : keys) {
            script.row(15L, key, null, 1L, null, null, null);
        }
        script.row(20L, keys.get(1), null, 1L, null, null, null);
        script.row(40L, keys.get(0), null, 1L, null, null, null);
        Outcome open = scenario.verifier(OptionalLong.empty()).runOpen(Choices.ofSeed(1));
        Outcome ended = scenario.verifier(OptionalLong.of(1)).runOpen(Choices.ofSeed(1));
        List<String> whole = whole(scenario, 10, 1);
        assertThat(whole).anyMatch(line -> line.contains("INCOMPLETE"));
        assertThat(lines(scenario.job().plan(), open)).isEqualTo(whole);
        assertThat(lines(scenario.job().plan(), ended)).isEqualTo(whole);
    }

    private static MonitorScenario scenario(long gap, int keysMax) {
        MonitorScenario scenario = new MonitorScenario()
                .stream("events", RandomMonitors.EVENTS, 0, TIME).limits(new KernelLimits(keysMax));
        scenario.monitor("m", COUNTS, new Windowing.Session(gap));
        return scenario;
    }

    /** All sessions of the events, whether they have ended or not. */
    private static List<String> whole(MonitorScenario scenario, long gap, int keysMax) {
        OptionalLong never = OptionalLong.of(1_000_000_000);
        return TwinRun.ofSessions(
                        RandomMonitors.counts(),
                        gap,
                        Timeline.of(0, TIME, scenario.scripts()),
                        never,
                        keysMax)
                .results()
                .stream()
                .map(result -> result.line("m"))
                .sorted()
                .toList();
    }

    /** Results, with those that are early as if they were not. */
    private static List<String> lines(JobPlan plan, Outcome outcome) {
        return outcome.results().stream()
                .map(result -> Outcome.line(plan, result))
                .map(line ->
                        line.replace(" EARLY_OVERFLOW", " OVERFLOW").replace(" EARLY", " FINAL"))
                .sorted()
                .toList();
    }
}
