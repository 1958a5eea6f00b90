package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.engine.embedded.SideCounts;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobFold;
import io.tidewatch.kernel.plan.JobLink;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Monitors whose rows are folded together give what each of them gives alone. */
class FoldTest {
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    /** Rows, and where they end. */
    private record Input(TimeSpec time, List<Script> scripts, OptionalLong until) {}

    @Test
    void monitorsWithTheSamePanesGiveWhatEachGivesAlone() {
        Choices.random("folds: anywhere", 120, choices -> check(choices, 1_000));
    }

    @Test
    void windowsThatReachBeyondAllTimeFailForTheirOwnMonitorOnly() {
        Choices.random("folds: ends of time", 60, choices -> {
            check(choices, choices.flag() ? FIRST + choices.upTo(60) : LAST - choices.upTo(200));
        });
    }

    private static void check(Choices choices, long begin) {
        TwinQuery query = RandomMonitors.query(choices);
        boolean alerts = choices.oneIn(3);
        List<Windowing> windowings = windowings(choices);
        Input input = input(choices, begin);
        List<String> alone = new ArrayList<>();
        for (int i = 0; i < windowings.size(); i++) {
            MonitorScenario one = scenario(input);
            add(one, i, query, windowings, alerts);
            alone.addAll(one.verifier(input.until())
                    .runAtOnce()
                    .linesWithPlaces(one.job().plan()));
            alone.addAll(setAside(one, input));
        }
        MonitorScenario together = scenario(input);
        for (int i = 0; i < windowings.size(); i++) {
            add(together, i, query, windowings, alerts);
        }
        JobPlan plan = together.job().plan();
        assertThat(plan.folds()).hasSize(1);
        Outcome outcome = together.verifier(input.until()).verify(choices, 2);
        List<String> lines = new ArrayList<>(outcome.linesWithPlaces(plan));
        lines.addAll(setAside(together, input));
        assertThat(LineDifference.of(sorted(alone), sorted(lines))).isEmpty();
    }

    /** Tumbling, hopping and cumulating windows with the same steps, in any order; perhaps one of them twice. */
    private static List<Windowing> windowings(Choices choices) {
        long step = choices.between(1, 12);
        long offset = choices.oneIn(3) ? choices.between(-9, 9) : 0;
        List<Windowing> windowings = new ArrayList<>();
        for (int i = choices.between(2, 3); i > 0; i--) {
            long size = step * choices.between(1, 5);
            windowings.add(new Windowing.Grid(
                    choices.oneIn(3)
                            ? Windows.cumulating(size, step, offset)
                            : Windows.hopping(size, step, offset)));
        }
        return windowings;
    }

    private static Input input(Choices choices, long begin) {
        TimeSpec time = RandomMonitors.time(choices, 4, true);
        List<Script> scripts = new ArrayList<>();
        for (int i = choices.between(1, 2); i > 0; i--) {
            scripts.add(RandomMonitors.script(choices, 40, 4, begin));
        }
        return new Input(
                time,
                scripts,
                choices.oneIn(3)
                        ? OptionalLong.of(Math.min(LAST, begin + choices.upTo(160)))
                        : OptionalLong.empty());
    }

    private static MonitorScenario scenario(Input input) {
        MonitorScenario scenario =
                new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, input.time());
        input.scripts().forEach(scenario::add);
        return scenario;
    }

    private static void add(
            MonitorScenario scenario,
            int number,
            TwinQuery query,
            List<Windowing> windowings,
            boolean alerts) {
        MonitorText text = new MonitorText(
                "m" + number,
                query.sql(),
                windowings.get(number),
                List.of(),
                alerts ? "a0 >= 2" : null,
                null);
        if (alerts) {
            scenario.monitor(text, AlertPolicy.immediate());
        } else {
            scenario.monitor(text);
        }
    }

    /** What was set aside, per monitor. */
    private static List<String> setAside(MonitorScenario scenario, Input input) {
        List<String> lines = new ArrayList<>();
        SideCounts counts = scenario.verifier(input.until()).setAside();
        JobPlan plan = scenario.job().plan();
        for (JobLink link : plan.links()) {
            for (JobLink.View view : link.views()) {
                lines.add(plan.monitors().get(view.monitor()).name() + ": "
                        + counts.late(link.number()).count() + " late, "
                        + counts.failedRows(link.number()).count() + " failed: "
                        + counts.failedRows(link.number()).samples());
            }
        }
        return lines;
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    @Test
    void onlyWindowsOfTheSamePanesAreFoldedTogether() {
        Windowing tumbling = new Windowing.Grid(Windows.tumbling(10, 0));
        assertThat(folds(tumbling, new Windowing.Grid(Windows.hopping(60, 10, 0))))
                .hasSize(1);
        assertThat(folds(tumbling, new Windowing.Grid(Windows.cumulating(60, 10, 0))))
                .hasSize(1);
        assertThat(folds(tumbling, new Windowing.Grid(Windows.hopping(60, 20, 0))))
                .hasSize(2);
        assertThat(folds(tumbling, new Windowing.Grid(Windows.tumbling(10, 5)))).hasSize(2);
        assertThat(folds(tumbling, new Windowing.Grid(Windows.hopping(25, 10, 0))))
                .hasSize(2);
        assertThat(folds(tumbling, new Windowing.Grid(Windows.hopping(5, 10, 0))))
                .hasSize(2);
        assertThat(folds(tumbling, new Windowing.Session(10))).hasSize(2);
        ZoneId zone = ZoneId.of("America/New_York");
        Windowing hours = new Windowing.Grid(Windows.tumbling(3_600_000, 0, zone));
        assertThat(folds(hours, new Windowing.Grid(Windows.tumbling(3_600_000, 0))))
                .hasSize(2);
        assertThat(folds(hours, new Windowing.Grid(Windows.hopping(7_200_000, 3_600_000, 0, zone))))
                .hasSize(1);
    }

    @Test
    void monitorsWithOtherFiltersKeysOrAggregatesAreFoldedApart() {
        String all = "SELECT k, COUNT(*) AS c FROM events GROUP BY k";
        assertThat(folds(all, all, false)).hasSize(1);
        assertThat(folds(all, all, true)).hasSize(2);
        assertThat(folds(all, "SELECT g, COUNT(*) AS c FROM events GROUP BY g", false))
                .hasSize(2);
        assertThat(folds(all, "SELECT k, SUM(n) AS c FROM events GROUP BY k", false))
                .hasSize(2);
        assertThat(folds(all, "SELECT k, COUNT(*) AS c FROM events WHERE b GROUP BY k", false))
                .hasSize(2);
    }

    private static List<JobFold> folds(Windowing one, Windowing other) {
        TwinQuery query = RandomMonitors.counts();
        MonitorScenario scenario =
                scenario(new Input(TimeSpec.defaults(), List.of(), OptionalLong.empty()));
        add(scenario, 0, query, List.of(one, other), false);
        add(scenario, 1, query, List.of(one, other), false);
        return scenario.job().plan().folds();
    }

    private static List<JobFold> folds(String one, String other, boolean oneAlerts) {
        MonitorScenario scenario =
                scenario(new Input(TimeSpec.defaults(), List.of(), OptionalLong.empty()));
        Windowing tumbling = new Windowing.Grid(Windows.tumbling(10, 0));
        if (oneAlerts) {
            scenario.monitor(
                    new MonitorText("a", one, tumbling, List.of(), "c > 1", null),
                    AlertPolicy.immediate());
        } else {
            scenario.monitor("a", one, tumbling);
        }
        scenario.monitor("b", other, new Windowing.Grid(Windows.hopping(60, 10, 0)));
        return scenario.job().plan().folds();
    }
}
