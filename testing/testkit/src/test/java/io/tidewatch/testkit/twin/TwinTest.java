package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.time.Instant;
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
            grid(choices, TwinWindows.any(choices), Times.SHORT, UNLIMITED);
        });
    }

    @Test
    void daysAreThoseOfTheLocalClockWhenItChanges() {
        Choices.random("twin: days", 20, choices -> {
            ZoneId zone = ZoneId.of(choices.of(
                    "Europe/Vienna",
                    "America/New_York",
                    "America/Havana",
                    "Australia/Lord_Howe",
                    "Asia/Kolkata"));
            String change = choices.of(
                    "2024-03-08",
                    "2024-03-29",
                    "2024-04-05",
                    "2024-10-04",
                    "2024-10-25",
                    "2024-11-01");
            long begin = Instant.parse(change + "T00:00:00Z").toEpochMilli();
            Times halfDays = new Times(begin, 40_000_000);
            grid(choices, TwinWindows.days(zone), halfDays, UNLIMITED);
        });
    }

    @Test
    void sessionsAreAsTheirDefinitionSays() {
        Choices.random("twin: sessions", 60, choices -> sessions(choices, UNLIMITED));
    }

    @Test
    void keysBeyondTheLimitShareOneRowOfTheirWindow() {
        Choices.random("twin: limited grid", 60, choices -> {
            grid(choices, TwinWindows.any(choices), Times.SHORT, choices.between(1, 2));
        });
    }

    @Test
    void keysBeyondTheLimitShareOneRowOfTheirStretch() {
        Choices.random(
                "twin: limited sessions", 60, choices -> sessions(choices, choices.between(1, 2)));
    }

    /**
     * When the rows of a script are.
     *
     * @param step how far apart, milliseconds, at most
     */
    private record Times(long begin, int step) {
        static final Times SHORT = new Times(1_000, 4);
    }

    private static void grid(Choices choices, TwinWindows windows, Times times, int keysMax) {
        TimeSpec time = RandomMonitors.time(choices, times.step(), true);
        Monitored monitored = new Monitored(windows.windowing(), time, keysMax);
        check(
                choices,
                monitored,
                times,
                (query, timeline, until) ->
                        TwinRun.onGrid(query, windows, timeline, until, keysMax));
    }

    private static void sessions(Choices choices, int keysMax) {
        long gap = choices.between(1, 12);
        TimeSpec time = RandomMonitors.time(choices, Times.SHORT.step(), false);
        Monitored monitored = new Monitored(new Windowing.Session(gap), time, keysMax);
        check(
                choices,
                monitored,
                Times.SHORT,
                (query, timeline, until) ->
                        TwinRun.ofSessions(query, gap, timeline, until, keysMax));
    }

    /** What all monitors of a round have in common. */
    private record Monitored(Windowing windowing, TimeSpec time, int keysMax) {}

    private interface Twin {
        List<TwinResult> results(TwinQuery query, Timeline timeline, OptionalLong until);
    }

    private static void check(Choices choices, Monitored monitored, Times times, Twin twin) {
        TimeSpec time = monitored.time();
        MonitorScenario scenario = new MonitorScenario()
                .stream("events", RandomMonitors.EVENTS, 0, time)
                        .limits(new KernelLimits(monitored.keysMax()));
        List<TwinQuery> queries = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            queries.add(RandomMonitors.query(choices));
            scenario.monitor("m" + i, queries.get(queries.size() - 1).sql(), monitored.windowing());
        }
        for (int i = choices.between(1, 3); i > 0; i--) {
            scenario.add(RandomMonitors.script(choices, 40, times.step(), times.begin()));
        }
        OptionalLong until = choices.oneIn(3)
                ? OptionalLong.of(times.begin() + choices.upTo(40 * times.step()))
                : OptionalLong.empty();
        Outcome outcome = scenario.verifier(until).verify(choices, 2);
        List<String> lines = lines(queries, scenario.job().plan(), outcome);
        assertThat(LineDifference.of(
                        expected(queries, time, scenario.scripts(), until, twin), lines))
                .isEmpty();
        Bits.record(
                "twin " + monitored.windowing().getClass().getSimpleName(),
                String.join("\n", outcome.lines(scenario.job().plan())));
    }

    private static List<String> lines(List<TwinQuery> queries, JobPlan plan, Outcome outcome) {
        List<String> lines = new ArrayList<>();
        for (Result result : outcome.results()) {
            TwinQuery query = queries.get(result.monitor());
            Result exact = new Result(
                    result.monitor(),
                    result.key(),
                    result.windowStart(),
                    result.windowEnd(),
                    result.ordinal(),
                    result.revision(),
                    result.kind(),
                    result.dueTime(),
                    query.exact(result.values(), RandomMonitors.PERCENTILES));
            lines.add(Outcome.line(plan, exact));
        }
        return lines;
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
