package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.CopiedResult;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
            grid(choices, TwinWindows.days(zone, choices.between(1, 4)), halfDays, UNLIMITED);
        });
    }

    @Test
    void sessionsAreAsTheirDefinitionSays() {
        Choices.random("twin: sessions", 60, choices -> sessions(choices, UNLIMITED));
    }

    @Test
    void keysBeyondTheLimitShareOneRowOfTheirWindow() {
        Choices.random("twin: limited grid", 60, TwinTest::limitedGrid);
    }

    /** A random case: the last event lies between windows, and an amendment is due before it, after the last one with events. */
    @Test
    void inputEndsWithTheLastWindowThatHoldsAnEvent() {
        limitedGrid(Choices.ofSeed(1650600157882680588L));
    }

    @Test
    void keysBeyondTheLimitShareOneRowOfTheirStretch() {
        Choices.random(
                "twin: limited sessions", 60, choices -> sessions(choices, choices.between(1, 2)));
    }

    @Test
    void theFirstRowsOfAWindowAreRankedTiesByKey() {
        Choices.random("twin: top", 80, choices -> {
            boolean sessions = choices.flag();
            TwinWindows windows = TwinWindows.any(choices);
            long gap = choices.between(1, 12);
            TimeSpec time = RandomMonitors.time(choices, Times.SHORT.step(), !sessions);
            MonitorScenario scenario =
                    new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
            TwinQuery query = RandomMonitors.counts();
            scenario.monitor("m", """
                    SELECT k, a0, place FROM (
                        SELECT k, a0, ROW_NUMBER() OVER (ORDER BY a0 DESC) AS place
                        FROM (SELECT k, COUNT(*) AS a0 FROM events GROUP BY k))
                    WHERE place <= 2""", sessions ? new Windowing.Session(gap) : windows.windowing());
            for (int i = choices.between(1, 3); i > 0; i--) {
                scenario.add(RandomMonitors.script(choices, 40, Times.SHORT.step()));
            }
            OptionalLong until = choices.oneIn(3)
                    ? OptionalLong.of(1_000 + choices.upTo(160))
                    : OptionalLong.empty();
            Timeline timeline = Timeline.of(0, time, scenario.scripts());
            TwinRun run = sessions
                    ? TwinRun.ofSessions(query, gap, timeline, until, UNLIMITED)
                    : TwinRun.onGrid(query, windows, timeline, until, UNLIMITED);
            Outcome outcome = scenario.verifier(until).verify(choices, 3);
            assertThat(LineDifference.of(
                            ranked(query, run.results()),
                            outcome.lines(scenario.job().plan())))
                    .isEmpty();
        });
    }

    /** Of revision 0 the first two rows of each window, greatest first. */
    private static List<String> ranked(TwinQuery query, List<TwinResult> results) {
        TreeMap<Window, List<TwinResult>> byWindow = new TreeMap<>();
        for (TwinResult result : results) {
            if (result.revision() == 0) {
                byWindow.computeIfAbsent(result.window(), any -> new ArrayList<>())
                        .add(result);
            }
        }
        List<String> lines = new ArrayList<>();
        byWindow.values().forEach(rows -> {
            rows.sort(Comparator.<TwinResult>comparingLong(
                            row -> -(Long) Objects.requireNonNull(row.values().get(1)))
                    .thenComparing(row -> query.keyOf(row).ofAlert()));
            for (int i = 0; i < Math.min(2, rows.size()); i++) {
                TwinResult row = rows.get(i);
                List<@Nullable Object> values = new ArrayList<>(row.values());
                values.add(i + 1L);
                lines.add(new TwinResult(
                                row.key(), row.window(), 0, 0, row.kind(), row.incomplete(), values)
                        .line("m"));
            }
        });
        return lines;
    }

    @Test
    void distinctValuesBeyondTheLimitAreEstimatedFromTheWholeSet() {
        Choices.random("twin: many distinct", 4, choices -> {
            TimeSpec time = TimeSpec.defaults().withOutOfOrder(100);
            MonitorScenario scenario =
                    new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
            scenario.monitor(
                    "m",
                    "SELECT COUNT(DISTINCT n) AS c, APPROX_COUNT_DISTINCT(n) AS a FROM events",
                    new Windowing.Grid(Windows.tumbling(1_000, 0)));
            int distinct = choices.between(900, 1_200);
            List<Script> scripts =
                    List.of(scenario.partition("events"), scenario.partition("events"));
            for (long i = 0; i < 2L * distinct; i++) {
                choices.of(scripts)
                        .row(500 + i % 7, null, null, i * 7_919 % distinct, null, null, null);
            }
            Outcome outcome = scenario.verifier(OptionalLong.empty()).verify(choices, 6);
            List<@Nullable Object> values = outcome.results().get(0).values();
            long estimate = (Long) Objects.requireNonNull(values.get(1));
            assertThat(estimate).isBetween(distinct * 92L / 100, distinct * 108L / 100);
            assertThat(values.get(0)).isEqualTo(distinct > 1_000 ? estimate : (long) distinct);
        });
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
        check(choices, monitored, times, (query, timeline, until) -> TwinRun.onGrid(
                        query, windows, timeline, until, keysMax)
                .results());
    }

    private static void limitedGrid(Choices choices) {
        grid(choices, TwinWindows.any(choices), Times.SHORT, choices.between(1, 2));
    }

    private static void sessions(Choices choices, int keysMax) {
        long gap = choices.between(1, 12);
        TimeSpec time = RandomMonitors.time(choices, Times.SHORT.step(), false);
        Monitored monitored = new Monitored(new Windowing.Session(gap), time, keysMax);
        check(choices, monitored, Times.SHORT, (query, timeline, until) -> TwinRun.ofSessions(
                        query, gap, timeline, until, keysMax)
                .results());
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
            Result exact = new CopiedResult(
                    result.monitor(),
                    result.key(),
                    result.windowStart(),
                    result.windowEnd(),
                    result.ordinal(),
                    result.revision(),
                    result.kind(),
                    result.approximate(),
                    result.incomplete(),
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
