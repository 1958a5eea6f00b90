package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TwinTest {
    private static final int UNLIMITED = 1_000_000;

    @Test
    void windowsOnAGridAreAsTheirDefinitionSays() {
        Choices.random("twin: grid", 100, choices -> {
            grid(choices, TwinWindows.any(choices), 4, UNLIMITED);
        });
    }

    @Test
    void daysAreThoseOfTheLocalClockWhenItChanges() {
        Choices.random("twin: days", 20, choices -> {
            ZoneId zone = ZoneId.of(choices.of(
                    "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"));
            grid(choices, TwinWindows.days(zone), 40_000_000, UNLIMITED);
        });
    }

    @Test
    void sessionsAreAsTheirDefinitionSays() {
        Choices.random("twin: sessions", 60, choices -> sessions(choices, UNLIMITED));
    }

    @Test
    void keysBeyondTheLimitShareOneRowOfTheirWindow() {
        Choices.random("twin: limited grid", 60, choices -> {
            grid(choices, TwinWindows.any(choices), 4, choices.between(1, 2));
        });
    }

    @Test
    void keysBeyondTheLimitShareOneRowOfTheirStretch() {
        Choices.random(
                "twin: limited sessions", 60, choices -> sessions(choices, choices.between(1, 2)));
    }

    private static void grid(Choices choices, TwinWindows windows, int step, int keysMax) {
        TimeSpec time = RandomMonitors.time(choices, step, true);
        check(
                choices,
                windows.windowing(),
                time,
                step,
                keysMax,
                (query, timeline, until) ->
                        TwinRun.onGrid(query, windows, timeline, until, keysMax));
    }

    private static void sessions(Choices choices, int keysMax) {
        long gap = choices.between(1, 12);
        TimeSpec time = RandomMonitors.time(choices, 4, false);
        check(
                choices,
                new Windowing.Session(gap),
                time,
                4,
                keysMax,
                (query, timeline, until) ->
                        TwinRun.ofSessions(query, gap, timeline, until, keysMax));
    }

    private interface Twin {
        List<TwinResult> results(TwinQuery query, Timeline timeline, OptionalLong until);
    }

    private static void check(
            Choices choices, Windowing windowing, TimeSpec time, int step, int keysMax, Twin twin) {
        MonitorScenario scenario = new MonitorScenario()
                .stream("events", RandomMonitors.EVENTS, 0, time).limits(new KernelLimits(keysMax));
        List<TwinQuery> queries = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            queries.add(RandomMonitors.query(choices));
            scenario.monitor("m" + i, queries.get(queries.size() - 1).sql(), windowing);
        }
        for (int i = choices.between(1, 3); i > 0; i--) {
            scenario.add(RandomMonitors.script(choices, 40, step));
        }
        OptionalLong until = choices.oneIn(3)
                ? OptionalLong.of(1_000 + choices.upTo(40 * step))
                : OptionalLong.empty();
        Outcome outcome = scenario.verifier(until).verify(choices, 2);
        List<String> lines = outcome.lines(scenario.job().plan());
        assertThat(LineDifference.of(
                        expected(queries, time, scenario.scripts(), until, twin), lines))
                .isEmpty();
        Bits.record("twin " + windowing.getClass().getSimpleName(), String.join("\n", lines));
    }

    private static List<String> expected(
            List<TwinQuery> queries,
            TimeSpec time,
            List<Script> scripts,
            OptionalLong until,
            Twin twin) {
        Timeline timeline = Timeline.of(0, time, scripts);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            String name = "m" + (queries.size() - i);
            twin.results(queries.get(i), timeline, until)
                    .forEach(result -> lines.add(result.line(name)));
        }
        return lines.stream().sorted().toList();
    }
}
