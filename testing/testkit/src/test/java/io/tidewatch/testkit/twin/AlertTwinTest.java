package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Absence;
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
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.twin.TwinAlert.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Transitions against the evaluations that the definition asks for, one by one. */
class AlertTwinTest {
    private static final long FOREVER = 1_000_000_000;
    private static final String SQL = "SELECT k, COUNT(*) AS c FROM events GROUP BY k";

    @Test
    void windowsAreEvaluatedAtEveryEndOfTheGrid() {
        Choices.random("alerts: grid", 80, choices -> {
            long hop = choices.between(1, 8);
            long size = hop * choices.between(1, 3);
            AlertPolicy policy = policy(choices, choices.of(NoData.values()), absence(choices));
            TwinWindows windows = TwinWindows.hopping(size, hop, 0);
            Input input = Input.any(choices, windows.windowing(), policy, SQL, true);
            List<TwinResult> rows =
                    TwinRun.onGrid(counts(), windows, input.timeline(), input.until(), 1_000);
            input.check(choices, windowed(input, policy, rows, size, hop));
        });
    }

    @Test
    void sessionsAreEvaluatedAtTheirEndsAndByTimers() {
        Choices.random("alerts: sessions", 60, choices -> {
            long gap = choices.between(1, 8);
            AlertPolicy policy = policy(choices, NoData.RESOLVE, null);
            Input input = Input.any(choices, new Windowing.Session(gap), policy, SQL, false);
            List<TwinResult> rows =
                    TwinRun.ofSessions(counts(), gap, input.timeline(), input.until(), 1_000);
            long closedTo = closedTo(
                    input,
                    input.onTime().stream()
                            .mapToLong(event -> event.at() + gap)
                            .max()
                            .orElse(Long.MIN_VALUE));
            input.check(choices, oneByOne(policy, rows, closedTo, closedTo));
        });
    }

    @Test
    void rowsWithoutWindowsAreEvaluatedAtTheirTimesAndByTimers() {
        Choices.random("alerts: rows", 60, choices -> {
            AlertPolicy policy = policy(choices, NoData.RESOLVE, absence(choices));
            String sql = "SELECT k, n AS c FROM events WHERE n IS NOT NULL";
            Input input = Input.any(choices, null, policy, sql, false);
            List<Event> events = new ArrayList<>(input.onTime());
            events.removeIf(event -> event.get(3) == null);
            long closedTo = closedTo(
                    input,
                    events.stream()
                            .mapToLong(event -> event.at() + 1)
                            .max()
                            .orElse(Long.MIN_VALUE));
            List<TwinResult> rows = new ArrayList<>();
            events.stream().sorted(Event.ORDER).forEach(event -> {
                if (event.at() < closedTo) {
                    rows.add(new TwinResult(
                            "{k=" + event.get(1) + "}",
                            new Window(event.at(), event.at()),
                            0,
                            io.tidewatch.kernel.plan.Result.Kind.FINAL,
                            java.util.Arrays.asList(event.get(1), event.get(3))));
                }
            });
            input.check(choices, oneByOne(policy, rows, closedTo, closedTo));
        });
    }

    private static @Nullable Absence absence(Choices choices) {
        return choices.flag()
                ? new Absence(choices.between(1, 30), FOREVER, true, List.of())
                : null;
    }

    private static AlertPolicy policy(Choices choices, NoData noData, @Nullable Absence absence) {
        return new AlertPolicy(
                choices.of(0, 5, 12),
                choices.of(0, 7, 20),
                true,
                absence,
                noData,
                OnAmend.IGNORE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
    }

    private static TwinQuery counts() {
        return new TwinQuery(
                "events",
                null,
                List.of(1),
                List.of(RandomMonitors.EVENTS.field(1)),
                List.of(List.of(true)),
                List.of(TwinAggregate.countAll()),
                null);
    }

    /** {@code when} is c >= 3, {@code clear} is c <= 1. */
    private static Signal signal(List<@Nullable Object> row) {
        Long count = (Long) row.get(1);
        if (count == null) {
            return Signal.BETWEEN;
        }
        if (count >= 3) {
            return Signal.HOLDS;
        }
        return count <= 1 ? Signal.CLEAR : Signal.BETWEEN;
    }

    private static long closedTo(Input input, long greatestEnd) {
        return Math.max(input.timeline().watermark(), input.until().orElse(greatestEnd));
    }

    /** The two alerts of a key. */
    private static final class Key {
        private final TwinAlert condition;
        private final TwinAlert absence;
        private long seenUntil = Long.MIN_VALUE;
        private boolean known;

        Key(String name, AlertPolicy policy) {
            condition = new TwinAlert("CONDITION " + name, policy);
            absence = new TwinAlert("ABSENCE " + name, 0, 0);
        }

        void absence(Absence policy, long at) {
            boolean silent = seenUntil + policy.afterMillis() <= at;
            absence.evaluate(silent ? Signal.HOLDS : Signal.CLEAR, at);
        }
    }

    private static List<String> windowed(
            Input input, AlertPolicy policy, List<TwinResult> rows, long size, long hop) {
        TreeMap<Long, Map<String, TwinResult>> byEnd = new TreeMap<>();
        long greatest = Long.MIN_VALUE;
        for (Event event : input.timeline().events()) {
            for (long end = Math.floorDiv(event.at(), hop) * hop + hop;
                    end - size <= event.at();
                    end += hop) {
                boolean counts =
                        event.watermark() < end + input.timeline().time().allowedLatenessMillis();
                greatest = counts ? Math.max(greatest, end) : greatest;
            }
        }
        for (TwinResult row : rows) {
            if (row.revision() == 0) {
                byEnd.computeIfAbsent(row.window().end(), end -> new HashMap<>())
                        .put(row.key(), row);
            }
        }
        Map<String, Key> keys = new TreeMap<>();
        long closedTo = closedTo(input, greatest);
        if (byEnd.isEmpty()) {
            return List.of();
        }
        for (long end = byEnd.firstKey(); end <= closedTo; end += hop) {
            Map<String, TwinResult> here = byEnd.getOrDefault(end, Map.of());
            here.keySet().forEach(name -> keys.computeIfAbsent(name, any -> new Key(any, policy)));
            for (Map.Entry<String, Key> entry : keys.entrySet()) {
                evaluate(input, policy, entry, here.get(entry.getKey()), end, hop);
            }
        }
        return transitions(keys);
    }

    private static void evaluate(
            Input input,
            AlertPolicy policy,
            Map.Entry<String, Key> entry,
            @Nullable TwinResult row,
            long end,
            long hop) {
        Key key = entry.getValue();
        if (row != null) {
            key.condition.evaluate(signal(row.values()), end);
            key.known = policy.absence() != null;
            Window window = row.window();
            for (Event event : input.timeline().events()) {
                boolean isOfRow = ("{k=" + event.get(1) + "}").equals(entry.getKey())
                        && event.at() >= window.start()
                        && event.at() < end
                        && event.watermark() < end;
                if (isOfRow) {
                    long paneEnd = Math.floorDiv(event.at(), hop) * hop + hop;
                    key.seenUntil = Math.max(key.seenUntil, paneEnd);
                }
            }
        } else if (key.known || key.condition.isActive()) {
            key.condition.evaluate(
                    switch (policy.noData()) {
                        case RESOLVE -> Signal.CLEAR;
                        case KEEP -> Signal.UNKNOWN;
                        case ALERT -> Signal.HOLDS;
                    },
                    end);
        }
        Absence absence = policy.absence();
        if (absence != null && key.known) {
            key.absence(absence, end);
        }
    }

    /** Sessions and rows: at each row, with timers in between. */
    private static List<String> oneByOne(
            AlertPolicy policy, List<TwinResult> rows, long closedTo, long timersTo) {
        List<TwinResult> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingLong(row -> row.window().end()));
        Map<String, Key> keys = new TreeMap<>();
        for (TwinResult row : sorted) {
            long at = row.window().end();
            Key key = keys.computeIfAbsent(row.key(), any -> new Key(any, policy));
            ring(policy, key, at);
            key.condition.evaluate(signal(row.values()), at);
            key.seenUntil = Math.max(key.seenUntil, at);
            key.known = true;
            Absence absence = policy.absence();
            if (absence != null) {
                key.absence(absence, at);
            }
        }
        keys.values().forEach(key -> ring(policy, key, Math.min(closedTo, timersTo)));
        return transitions(keys);
    }

    private static void ring(AlertPolicy policy, Key key, long upTo) {
        key.condition.ringUpTo(upTo);
        Absence absence = policy.absence();
        if (absence != null && key.known && key.seenUntil + absence.afterMillis() <= upTo) {
            key.absence(absence, key.seenUntil + absence.afterMillis());
        }
    }

    private static List<String> transitions(Map<String, Key> keys) {
        List<String> lines = new ArrayList<>();
        keys.values().forEach(key -> {
            lines.addAll(key.condition.transitions());
            lines.addAll(key.absence.transitions());
        });
        return lines;
    }

    private record Input(MonitorScenario scenario, Timeline timeline, OptionalLong until) {
        static Input any(
                Choices choices,
                @Nullable Windowing windowing,
                AlertPolicy policy,
                String sql,
                boolean amends) {
            TimeSpec time = RandomMonitors.time(choices, 4, amends);
            MonitorScenario scenario =
                    new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
            List<String> key = windowing == null ? List.of("k") : List.of();
            scenario.monitor(new MonitorText("m", sql, windowing, key, "c >= 3", "c <= 1"), policy);
            for (int i = choices.between(1, 3); i > 0; i--) {
                scenario.add(RandomMonitors.script(choices, 60, 4));
            }
            OptionalLong until = choices.oneIn(3)
                    ? OptionalLong.of(1_000 + choices.upTo(160))
                    : OptionalLong.empty();
            return new Input(scenario, Timeline.of(0, time, scenario.scripts()), until);
        }

        /** The rows that are not late where windows do not decide. */
        List<Event> onTime() {
            return timeline.events().stream()
                    .filter(event -> event.at() >= event.watermark())
                    .toList();
        }

        void check(Choices choices, List<String> expected) {
            Outcome outcome = scenario.verifier(until).verify(choices, 3);
            List<String> lines = new ArrayList<>();
            for (Transition transition : outcome.transitions()) {
                Subject subject = transition.alert().subject();
                lines.add(TwinAlert.line(
                        subject + " {k=" + transition.alert().key().get("k") + "}",
                        transition.from(),
                        transition.to(),
                        transition.startsAt(),
                        transition.at()));
            }
            assertThat(LineDifference.of(expected, lines)).isEmpty();
            Bits.record(
                    "alerts of a twin",
                    String.join("\n", outcome.lines(scenario.job().plan())));
        }
    }
}
