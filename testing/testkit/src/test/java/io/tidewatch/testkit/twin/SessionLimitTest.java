package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.alerting.Transition;
import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import io.tidewatch.testkit.twin.TwinAlert.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions whose keys may be folded, in stretches of event time as long as the gap, and what reads them. */
class SessionLimitTest {
    private static final int ROUNDS = 120;
    private static final int OUT_OF_ORDER = 15;
    private static final Field K = RandomMonitors.EVENTS.field(1);

    @Test
    void timersStandStillInStretchesWithFoldedKeysAndTheLimitHasAnAlert() {
        Choices.random("sessions: limits", ROUNDS, choices -> {
            Input input = Input.any(choices);
            MonitorScenario scenario = new MonitorScenario()
                    .stream(
                                    "events",
                                    RandomMonitors.EVENTS,
                                    0,
                                    TimeSpec.defaults().withOutOfOrder(OUT_OF_ORDER))
                            .limits(new KernelLimits(input.keysMax()));
            scenario.monitor(
                    new MonitorText(
                            "m",
                            counts().sql(),
                            new Windowing.Session(input.gap()),
                            List.of(),
                            "a0 >= 2",
                            null),
                    input.policy());
            input.deal(choices, scenario);
            OptionalLong until = OptionalLong.of(input.until());
            Outcome outcome = scenario.verifier(until).verify(choices, 4);
            List<TwinResult> rows = TwinRun.ofSessions(
                            counts(),
                            input.gap(),
                            Timeline.of(
                                    0,
                                    TimeSpec.defaults().withOutOfOrder(OUT_OF_ORDER),
                                    scenario.scripts()),
                            until,
                            input.keysMax())
                    .results();
            List<String> lines =
                    outcome.transitions().stream().map(SessionLimitTest::line).toList();
            assertThat(LineDifference.of(expected(input, rows), lines)).isEmpty();
            Bits.record("sessions: limits", String.join("\n", lines));
        });
    }

    @Test
    void timersStandStillWhereThePassedSessionsLackRows() {
        chain("sessions: passed", "SELECT k, a0 FROM first", rows -> rows);
    }

    @Test
    void timersStandStillWhereRankedSessionsLackRows() {
        chain(
                "sessions: top",
                "SELECT k, a0 FROM (SELECT k, a0, ROW_NUMBER() OVER (ORDER BY a0 DESC) AS place"
                        + " FROM (" + counts().sql() + ")) WHERE place <= 1",
                SessionLimitTest::ranked);
    }

    @Test
    void timersStandStillWhereJoinedSessionsLackRows() {
        chain(
                "sessions: join",
                "SELECT l.k AS k, l.a0 AS a0 FROM (" + counts().sql() + ") AS l JOIN ("
                        + counts().sql() + ") AS r ON l.k = r.k",
                rows -> rows);
    }

    @Test
    void timersStandStillWhereAggregatedSessionsLackRows() {
        chain(
                "sessions: aggregate",
                "SELECT MAX(a0) AS a0 FROM first GROUP BY window_start, window_end",
                SessionLimitTest::greatest);
    }

    /** A row of a chain; hidden ones are removed by a top-N. */
    private record Row(String key, Window window, long count, boolean hidden) {}

    private interface Chain {
        List<Row> of(List<Row> sessions);
    }

    private static List<Row> ranked(List<Row> sessions) {
        Map<String, Row> first = new TreeMap<>();
        for (Row row : sessions) {
            first.merge(row.window().toString(), row, (left, right) -> {
                int more = Long.compare(left.count(), right.count());
                boolean isLeft = more > 0 || more == 0 && left.key().compareTo(right.key()) < 0;
                return isLeft ? left : right;
            });
        }
        return sessions.stream()
                .map(row -> new Row(
                        row.key(),
                        row.window(),
                        row.count(),
                        !row.equals(first.get(row.window().toString()))))
                .toList();
    }

    private static List<Row> greatest(List<Row> sessions) {
        Map<String, Row> greatest = new TreeMap<>();
        for (Row row : sessions) {
            Row alone = new Row("{}", row.window(), row.count(), false);
            greatest.merge(
                    row.window().toString(),
                    alone,
                    (left, right) -> left.count() >= right.count() ? left : right);
        }
        return List.copyOf(greatest.values());
    }

    private static void chain(String name, String sql, Chain chain) {
        Choices.random(name, ROUNDS, choices -> {
            Input input = Input.any(choices).withKeysOfFewKeyGroups(choices);
            TimeSpec time = TimeSpec.defaults().withOutOfOrder(OUT_OF_ORDER);
            MonitorScenario scenario = new MonitorScenario()
                    .stream("events", RandomMonitors.EVENTS, 0, time)
                            .limits(new KernelLimits(input.keysMax()));
            Windowing sessions = new Windowing.Session(input.gap());
            scenario.monitor("first", counts().sql(), sessions);
            scenario.monitor(
                    new MonitorText(
                            "m",
                            sql,
                            sql.contains("first") ? null : sessions,
                            List.of(),
                            "a0 >= 2",
                            null),
                    input.policy());
            input.deal(choices, scenario);
            OptionalLong until = OptionalLong.of(input.until());
            Outcome outcome = scenario.verifier(until).verify(choices, 4);
            List<TwinResult> first = TwinRun.ofSessions(
                            counts(),
                            input.gap(),
                            Timeline.of(0, time, scenario.scripts()),
                            until,
                            input.keysMax())
                    .results();
            List<String> lines =
                    outcome.transitions().stream().map(SessionLimitTest::line).toList();
            assertThat(LineDifference.of(expectedOfChain(input, first, chain), lines))
                    .isEmpty();
            assertThat(LineDifference.of(
                            expectedMarks(input, first, chain),
                            marks(scenario.job().plan(), outcome)))
                    .isEmpty();
            Bits.record(name, String.join("\n", lines));
        });
    }

    private static List<String> expectedOfChain(Input input, List<TwinResult> first, Chain chain) {
        NavigableSet<Long> stretches = new TreeSet<>();
        folded(input, input.until()).values().forEach(stretches::addAll);
        List<String> lines = new ArrayList<>();
        Map<String, List<Row>> byKey = new TreeMap<>();
        chain.of(sessions(first))
                .forEach(row -> byKey.computeIfAbsent(row.key(), any -> new ArrayList<>())
                        .add(row));
        byKey.forEach((name, rows) -> lines.addAll(condition(input, name, rows, stretches)));
        limited(input, first).forEach((group, ends) -> lines.addAll(limit(input, group, ends)));
        return lines;
    }

    private static List<Row> sessions(List<TwinResult> first) {
        return first.stream()
                .filter(row -> row.kind() != Result.Kind.OVERFLOW)
                .map(row -> new Row(
                        row.key(),
                        row.window(),
                        row.values().get(1) instanceof Long count ? count : 0,
                        false))
                .toList();
    }

    /** Per result its monitor, key, window and whether it is incomplete. */
    private static List<String> marks(JobPlan plan, Outcome outcome) {
        return outcome.results().stream()
                .filter(result -> result.kind() == Result.Kind.FINAL)
                .map(result -> {
                    String line = Outcome.line(plan, result);
                    return line.substring(0, line.indexOf('}')).split(",", 2)[0] + "} "
                            + new Window(result.windowStart(), result.windowEnd()) + " "
                            + result.incomplete();
                })
                .toList();
    }

    private static List<String> expectedMarks(Input input, List<TwinResult> first, Chain chain) {
        TreeSet<Long> stretches = new TreeSet<>();
        folded(input, input.until()).values().forEach(stretches::addAll);
        TreeSet<String> windows = new TreeSet<>();
        List<String> lines = new ArrayList<>();
        for (TwinResult row : first) {
            boolean overflow = row.kind() == Result.Kind.OVERFLOW;
            boolean lacks = overflow || isCut(input, row);
            if (lacks) {
                windows.add(row.window().toString());
            }
            if (!overflow) {
                lines.add("first " + row.key() + " " + row.window() + " " + lacks);
            }
        }
        for (Row row : chain.of(sessions(first))) {
            Long last = stretches.lower(row.window().end());
            boolean lacks = last != null && last + input.gap() > row.window().start()
                    || windows.contains(row.window().toString());
            if (!row.hidden()) {
                lines.add("m " + row.key() + " " + row.window() + " " + lacks);
            }
        }
        return lines;
    }

    /** Whether the key of a session may be folded in the stretch before its first row or in that behind its last one. */
    private static boolean isCut(Input input, TwinResult session) {
        long gap = input.gap();
        long before = Math.floorDiv(session.window().start(), gap) * gap - gap;
        long behind = Math.floorDiv(session.window().end(), gap) * gap;
        int group = input.keyGroup(session.key());
        SortedSet<Long> folded = folded(input, Long.MAX_VALUE).getOrDefault(group, new TreeSet<>());
        return folded.contains(before) && !input.keeps(session.key(), before)
                || folded.contains(behind) && !input.keeps(session.key(), behind);
    }

    private static TwinQuery counts() {
        return new TwinQuery(
                "events",
                null,
                List.of(1),
                List.of(K),
                List.of(List.of(true)),
                List.of(TwinAggregate.countAll()),
                null);
    }

    private static TwinKey key(@Nullable Object name) {
        return TwinKey.of(List.of(K), List.of(true), java.util.Collections.singletonList(name));
    }

    private static List<String> expected(Input input, List<TwinResult> rows) {
        Map<Integer, SortedSet<Long>> stretches = folded(input, input.until());
        List<String> lines = new ArrayList<>();
        Map<String, List<Row>> byKey = new TreeMap<>();
        sessions(rows).forEach(row -> byKey.computeIfAbsent(row.key(), any -> new ArrayList<>())
                .add(row));
        byKey.forEach((name, own) -> {
            int group = input.keyGroup(name);
            lines.addAll(
                    condition(input, name, own, stretches.getOrDefault(group, new TreeSet<>())));
        });
        limited(input, rows).forEach((group, ends) -> lines.addAll(limit(input, group, ends)));
        return lines;
    }

    /** Per key group the ends of the stretches at which the limit's alert holds. */
    private static Map<Integer, SortedSet<Long>> limited(Input input, List<TwinResult> rows) {
        Map<Integer, SortedSet<Long>> limited = new TreeMap<>();
        folded(input, input.until())
                .forEach((group, starts) ->
                        starts.forEach(start -> at(limited, group).add(start + input.gap())));
        for (TwinResult row : rows) {
            if (row.kind() == Result.Kind.OVERFLOW) {
                int group = Integer.parseInt(row.key().substring("overflow of ".length()));
                long stretch = Math.floorDiv(row.window().end(), input.gap());
                at(limited, group).add((stretch + 1) * input.gap());
            }
        }
        return limited;
    }

    private static SortedSet<Long> at(Map<Integer, SortedSet<Long>> times, int group) {
        return times.computeIfAbsent(group, any -> new TreeSet<>());
    }

    /** Per key group the starts of the stretches that have more keys than the limit and end by a time. */
    private static Map<Integer, SortedSet<Long>> folded(Input input, long until) {
        Map<Integer, Map<Long, TreeSet<TwinKey>>> keys = new TreeMap<>();
        for (@Nullable Object[] event : input.events()) {
            TwinKey key = key(event[1]);
            if (event[0] instanceof Long at) {
                keys.computeIfAbsent(key.keyGroup(), any -> new TreeMap<>())
                        .computeIfAbsent(
                                Math.floorDiv(at, input.gap()) * input.gap(),
                                any -> new TreeSet<>())
                        .add(key);
            }
        }
        Map<Integer, SortedSet<Long>> folded = new TreeMap<>();
        keys.forEach((group, stretches) -> stretches.forEach((start, here) -> {
            if (here.size() > input.keysMax() && start <= until - input.gap()) {
                at(folded, group).add(start);
            }
        }));
        return folded;
    }

    private static List<String> condition(
            Input input, String name, List<Row> rows, SortedSet<Long> folded) {
        TwinAlert alert = new TwinAlert("CONDITION " + name, input.policy());
        TreeSet<Long> times = new TreeSet<>(folded);
        rows.forEach(row -> times.add(row.window().end()));
        for (long time : times) {
            alert.ringUpTo(time);
            if (folded.contains(time)) {
                alert.pause(input.gap());
            }
            List<Row> here =
                    rows.stream().filter(row -> row.window().end() == time).toList();
            if (!here.isEmpty()) {
                boolean holds = here.stream().anyMatch(row -> !row.hidden() && row.count() >= 2);
                alert.evaluate(holds ? Signal.HOLDS : Signal.CLEAR, time);
            }
        }
        alert.ringUpTo(input.until());
        return alert.transitions();
    }

    private static List<String> limit(Input input, int group, SortedSet<Long> ends) {
        TwinAlert alert = new TwinAlert("LIMIT " + group, 0, 0);
        for (long end = ends.first(); end <= input.until(); end += input.gap()) {
            alert.evaluate(ends.contains(end) ? Signal.HOLDS : Signal.CLEAR, end);
        }
        return alert.transitions();
    }

    private static String key(Transition transition) {
        Map<String, @Nullable Object> key = transition.alert().key();
        return key.isEmpty() ? "{}" : "{k=" + key.get("k") + "}";
    }

    private static String line(Transition transition) {
        Subject subject = transition.alert().subject();
        return TwinAlert.line(
                subject + " "
                        + (subject == Subject.LIMIT
                                ? transition.alert().labels().get("key_group")
                                : key(transition)),
                transition.from(),
                transition.to(),
                transition.startsAt(),
                transition.at());
    }

    /** What sessions are made of. */
    private record Input(
            List<@Nullable Object[]> events, int gap, int keysMax, AlertPolicy policy, long until) {
        static Input any(Choices choices) {
            List<@Nullable Object[]> events = new ArrayList<>();
            long latest = 1_000;
            for (int i = choices.upTo(60); i > 0; i--) {
                latest += choices.upTo(6);
                long at = latest - choices.upTo(OUT_OF_ORDER);
                events.add(RandomMonitors.values(choices, at));
            }
            AlertPolicy policy = new AlertPolicy(
                    choices.of(0, 5, 12),
                    choices.of(0, 7),
                    false,
                    null,
                    NoData.RESOLVE,
                    OnAmend.IGNORE,
                    Mode.PAGE,
                    Evaluate.FINAL,
                    Map.of(),
                    Map.of());
            long until = latest + choices.upTo(60);
            return new Input(
                    events, choices.between(1, 12), choices.of(1, 1, 2, 1_000), policy, until);
        }

        /** The same with keys that are often folded. */
        Input withKeysOfFewKeyGroups(Choices choices) {
            List<@Nullable Object[]> changed = new ArrayList<>();
            for (@Nullable Object[] event : events) {
                @Nullable Object[] copy = event.clone();
                copy[1] = choices.of(ChainLimitTest.KEYS);
                changed.add(copy);
            }
            return new Input(changed, gap, Math.min(2, keysMax), policy, until);
        }

        /** Whether a key stays apart in a stretch in which keys are folded. */
        boolean keeps(String name, long stretch) {
            TreeSet<TwinKey> keys = new TreeSet<>();
            for (@Nullable Object[] event : events) {
                if (event[0] instanceof Long at && Math.floorDiv(at, gap) * gap == stretch) {
                    keys.add(key(event[1]));
                }
            }
            return keys.stream()
                    .filter(key -> key.keyGroup() == keyGroup(name))
                    .limit(keysMax)
                    .anyMatch(key -> key.text().equals(name));
        }

        int keyGroup(String name) {
            for (@Nullable Object[] event : events) {
                TwinKey key = key(event[1]);
                if (key.text().equals(name)) {
                    return key.keyGroup();
                }
            }
            throw new IllegalArgumentException("no event of " + name);
        }

        void deal(Choices choices, MonitorScenario scenario) {
            int count = choices.between(1, 3);
            List<Script> scripts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                scripts.add(scenario.partition("events"));
            }
            for (@Nullable Object[] event : events) {
                long at = event[0] instanceof Long time ? time : 0;
                scripts.get((int) (at * 31 % 17 % count)).row(event);
            }
        }
    }
}
