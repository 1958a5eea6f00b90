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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Alerts on sessions whose keys may be folded, in stretches of event time as long as the gap. */
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
        Map<Integer, SortedSet<Long>> stretches = folded(input);
        List<String> lines = new ArrayList<>();
        Map<String, List<TwinResult>> byKey = new TreeMap<>();
        Map<Integer, SortedSet<Long>> limited = new TreeMap<>();
        stretches.forEach((group, starts) ->
                starts.forEach(start -> at(limited, group).add(start + input.gap())));
        for (TwinResult row : rows) {
            if (row.kind() == Result.Kind.OVERFLOW) {
                int group = Integer.parseInt(row.key().substring("overflow of ".length()));
                long stretch = Math.floorDiv(row.window().end(), input.gap());
                at(limited, group).add((stretch + 1) * input.gap());
            } else {
                byKey.computeIfAbsent(row.key(), any -> new ArrayList<>()).add(row);
            }
        }
        byKey.forEach((name, own) -> {
            int group = input.keyGroup(name);
            lines.addAll(
                    condition(input, name, own, stretches.getOrDefault(group, new TreeSet<>())));
        });
        limited.forEach((group, ends) -> lines.addAll(limit(input, group, ends)));
        return lines;
    }

    private static SortedSet<Long> at(Map<Integer, SortedSet<Long>> times, int group) {
        return times.computeIfAbsent(group, any -> new TreeSet<>());
    }

    /** Per key group the starts of the stretches that have more keys than the limit. */
    private static Map<Integer, SortedSet<Long>> folded(Input input) {
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
            if (here.size() > input.keysMax() && start + input.gap() <= input.until()) {
                at(folded, group).add(start);
            }
        }));
        return folded;
    }

    private static List<String> condition(
            Input input, String name, List<TwinResult> rows, SortedSet<Long> folded) {
        TwinAlert alert = new TwinAlert("CONDITION " + name, input.policy());
        List<TwinResult> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingLong(row -> row.window().end()));
        TreeSet<Long> times = new TreeSet<>(folded);
        sorted.forEach(row -> times.add(row.window().end()));
        for (long time : times) {
            alert.ringUpTo(time);
            if (folded.contains(time)) {
                alert.pause(input.gap());
            }
            for (TwinResult row : sorted) {
                if (row.window().end() == time) {
                    Long count = (Long) row.values().get(1);
                    boolean holds = count != null && count >= 2;
                    alert.evaluate(holds ? Signal.HOLDS : Signal.CLEAR, time);
                }
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

    private static String line(Transition transition) {
        Subject subject = transition.alert().subject();
        return TwinAlert.line(
                subject + " "
                        + (subject == Subject.LIMIT
                                ? transition.alert().labels().get("key_group")
                                : "{k=" + transition.alert().key().get("k") + "}"),
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
