package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Absence;
import io.tidewatch.alerting.AlertKey;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.alerting.Transition;
import io.tidewatch.alerting.Transition.Kind;
import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import io.tidewatch.testkit.twin.TwinAlert.Signal;
import io.tidewatch.testkit.twin.TwinRun.Observed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Transitions against the evaluations that the definition asks for, one by one. */
class AlertTwinTest {
    private static final long FOREVER = 1_000_000_000;
    private static final String ROWS = "SELECT k, n AS c, n AS a1 FROM events";
    private static final List<String> LISTED = List.of("k0", "nobody");

    @Test
    void windowsAreEvaluatedAtEveryEndOfTheGrid() {
        Choices.random("alerts: grid", 120, choices -> {
            long hop = choices.between(1, 8);
            long size = hop * choices.between(1, 3);
            OnAmend onAmend = choices.of(OnAmend.values());
            Policy policy = Policy.any(choices, onAmend, true);
            TwinWindows windows = TwinWindows.hopping(size, hop, 0);
            TwinQuery query = query(choices);
            Input input =
                    Input.any(choices, windows.windowing(), policy.policy(), query.sql(), true);
            TwinRun run = TwinRun.onGrid(query, windows, input.timeline(), input.until(), 1_000);
            List<String> expected =
                    new GridAlerts(input, policy, query, run.observed(), size, hop).transitions();
            if (onAmend == OnAmend.ANNOTATE) {
                expected.addAll(notes(run.observed(), input.timeline().time()));
            }
            input.check(choices, expected);
        });
    }

    @Test
    void sessionsAreEvaluatedAtTheirEndsAndByTimers() {
        Choices.random("alerts: sessions", 60, choices -> {
            long gap = choices.between(1, 8);
            Policy policy = Policy.any(choices, OnAmend.IGNORE, false);
            TwinQuery query = query(choices);
            Input input = Input.any(
                    choices, new Windowing.Session(gap), policy.policy(), query.sql(), false);
            TwinRun run = TwinRun.ofSessions(query, gap, input.timeline(), input.until(), 1_000);
            List<Observation> observations = new ArrayList<>();
            for (Observed session : run.observed()) {
                Signal signal = signal(session);
                if (signal != Signal.UNKNOWN) {
                    observations.add(
                            new Observation(session.key(), session.window().end(), signal));
                }
            }
            observations.sort(java.util.Comparator.comparingLong(Observation::at));
            input.check(choices, oneByOne(input, policy, observations, input.closedTo(gap)));
        });
    }

    @Test
    void rowsWithoutWindowsAreEvaluatedAtTheirTimesAndByTimers() {
        Choices.random("alerts: rows", 120, choices -> {
            Policy policy = Policy.any(choices, OnAmend.IGNORE, false);
            Policy withAbsence = choices.flag() ? policy : policy.with(absence(choices, FOREVER));
            Input input = Input.any(choices, null, withAbsence.policy(), ROWS, false);
            long closedTo = input.closedTo(1);
            List<Observation> observations = new ArrayList<>();
            for (Event event : input.onTime()) {
                if (event.at() < closedTo) {
                    Signal signal = TwinKeyAlerts.signal(event.get(3));
                    observations.add(new Observation(key(event.get(1)), event.at(), signal));
                }
            }
            input.check(choices, oneByOne(input, withAbsence, observations, closedTo));
        });
    }

    @Test
    void noCutOfTheLogChangesAlertsWhereKeysAreFolded() {
        Choices.random("alerts: folded", 80, choices -> {
            boolean windowed = choices.flag();
            Windowing windowing = windowed
                    ? TwinWindows.any(choices).windowing()
                    : new Windowing.Session(choices.between(1, 12));
            Policy policy = Policy.any(
                    choices, windowed ? choices.of(OnAmend.values()) : OnAmend.IGNORE, windowed);
            String sql = query(choices).sql();
            Input input = Input.any(choices, windowing, policy.policy(), sql, windowed);
            input.scenario().limits(new KernelLimits(choices.between(1, 2)));
            Outcome outcome = input.scenario().verifier(input.until()).verify(choices, 4);
            Bits.record(
                    "alerts of folded keys",
                    String.join("\n", outcome.lines(input.scenario().job().plan())));
        });
    }

    @Test
    void aListedKeyIsExpectedFromTheLeastTimeHoweverRowsAreDealt() {
        Absence absence = new Absence(10, FOREVER, false, List.of(alertKey("nobody")));
        AlertPolicy policy =
                Policy.early(Choices.ofSeed(1), OnAmend.IGNORE).with(absence).policy();
        List<List<Long>> partitionings = List.of(List.of(1_005L, 1_003L), List.of(1_005L));
        for (List<Long> first : partitionings) {
            TimeSpec time = TimeSpec.defaults().withOutOfOrder(5);
            MonitorScenario scenario =
                    new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
            scenario.monitor(
                    new MonitorText("m", ROWS, null, List.of("k"), "a1 >= 3", null), policy);
            Script script = scenario.partition("events");
            first.forEach(at -> script.row(at, "k0", null, 0L, null, null, null));
            if (first.size() == 1) {
                scenario.partition("events").row(1_003L, "k0", null, 0L, null, null, null);
            }
            Outcome outcome =
                    scenario.verifier(OptionalLong.of(1_100)).verify(Choices.ofSeed(2), 9);
            assertThat(outcome.transitions()).extracting(Transition::at).containsExactly(1_013L);
        }
    }

    @Test
    void aConditionThatHoldsEarlyIsSaidOncePerWindow() {
        Choices.random("alerts: early", 80, choices -> {
            long hop = choices.between(1, 8);
            long size = hop * choices.between(1, 3);
            Policy policy = Policy.early(choices, choices.of(OnAmend.values()));
            TwinWindows windows = TwinWindows.hopping(size, hop, 0);
            TwinQuery query = counts();
            Input input =
                    Input.any(choices, windows.windowing(), policy.policy(), query.sql(), true);
            TwinRun run = TwinRun.onGrid(query, windows, input.timeline(), input.until(), 1_000);
            List<String> expected =
                    new GridAlerts(input, policy, query, run.observed(), size, hop).transitions();
            if (policy.policy().onAmend() == OnAmend.ANNOTATE) {
                expected.addAll(notes(run.observed(), input.timeline().time()));
            }
            // Also in windows that are still open when input ends.
            OptionalLong never = OptionalLong.of(FOREVER);
            TwinRun open = TwinRun.onGrid(query, windows, input.timeline(), never, 1_000);
            for (Observed window : open.observed()) {
                if (window.revision() == 0 && signal(window) == Signal.HOLDS) {
                    expected.add("PROVISIONAL " + window.key() + " "
                            + window.window().end());
                }
            }
            input.check(choices, expected);
        });
    }

    @Test
    void aRowThatHoldsEarlyIsSaidOncePerTime() {
        Choices.random("alerts: early rows", 80, choices -> {
            Policy policy = Policy.early(choices, OnAmend.IGNORE);
            Input input = Input.any(choices, null, policy.policy(), ROWS, false);
            long closedTo = input.closedTo(1);
            List<Observation> observations = new ArrayList<>();
            TreeSet<String> provisionals = new TreeSet<>();
            for (Event event : input.onTime()) {
                Signal signal = TwinKeyAlerts.signal(event.get(3));
                if (event.at() < closedTo) {
                    observations.add(new Observation(key(event.get(1)), event.at(), signal));
                }
                if (signal == Signal.HOLDS) {
                    provisionals.add("PROVISIONAL " + key(event.get(1)) + " " + event.at());
                }
            }
            List<String> expected = oneByOne(input, policy, observations, closedTo);
            expected.addAll(provisionals);
            input.check(choices, expected);
        });
    }

    /** A policy, and the keys that it lists. */
    private record Policy(AlertPolicy policy, boolean lists) {
        static Policy any(Choices choices, OnAmend onAmend, boolean windowed) {
            // What is forgotten cannot be amended.
            long forget = choices.flag() || onAmend == OnAmend.AMEND ? FOREVER : 30;
            Absence absence =
                    windowed && choices.flag() ? AlertTwinTest.absence(choices, forget) : null;
            return new Policy(
                            new AlertPolicy(
                                    choices.of(0, 5, 12),
                                    choices.of(0, 7, 20),
                                    true,
                                    null,
                                    windowed ? choices.of(NoData.values()) : NoData.RESOLVE,
                                    onAmend,
                                    Mode.PAGE,
                                    Evaluate.FINAL,
                                    Map.of(),
                                    Map.of()),
                            false)
                    .with(absence);
        }

        static Policy early(Choices choices, OnAmend onAmend) {
            AlertPolicy policy = new AlertPolicy(
                    0,
                    choices.of(0, 7, 20),
                    true,
                    null,
                    NoData.RESOLVE,
                    onAmend,
                    Mode.PAGE,
                    Evaluate.EARLY,
                    Map.of(),
                    Map.of());
            return new Policy(policy, false);
        }

        Policy with(@Nullable Absence absence) {
            AlertPolicy all = new AlertPolicy(
                    policy.forMillis(),
                    policy.keepFiringForMillis(),
                    policy.hasClear(),
                    absence,
                    policy.noData(),
                    policy.onAmend(),
                    policy.mode(),
                    policy.evaluate(),
                    Map.of(),
                    Map.of());
            return new Policy(all, absence != null && !absence.listed().isEmpty());
        }

        /** The keys that are expected from the beginning, with their alerts. */
        Map<String, TwinKeyAlerts> listed(long origin) {
            Map<String, TwinKeyAlerts> keys = new TreeMap<>();
            if (lists && origin != Long.MAX_VALUE) {
                for (String name : LISTED) {
                    TwinKeyAlerts alerts = new TwinKeyAlerts(key(name), policy);
                    alerts.list(origin);
                    keys.put(key(name), alerts);
                }
            }
            return keys;
        }
    }

    private static Absence absence(Choices choices, long forgetAfter) {
        List<AlertKey> listed = LISTED.stream().map(AlertTwinTest::alertKey).toList();
        boolean lists = choices.flag();
        return new Absence(
                choices.between(1, 30),
                forgetAfter,
                !lists || choices.flag(),
                lists ? listed : List.of());
    }

    private static AlertKey alertKey(String k) {
        List<Field> column = List.of(RandomMonitors.EVENTS.field(1));
        return TwinKey.of(column, List.of(true), List.of(k)).ofAlert();
    }

    private static String key(@Nullable Object k) {
        return "{k=" + k + "}";
    }

    /** Counts and sums, of which a sum may fail; with or without HAVING. */
    private static TwinQuery query(Choices choices) {
        long bound = choices.between(1, 3);
        return query(
                TwinAggregate.sumOfLongs(Term.field("n", 3)),
                choices.flag()
                        ? null
                        : new TwinHaving(
                                " >= " + bound,
                                value -> value instanceof Long count && count >= bound));
    }

    private static TwinQuery counts() {
        return query(TwinAggregate.countAll(), null);
    }

    private static TwinQuery query(TwinAggregate watched, @Nullable TwinHaving having) {
        return new TwinQuery(
                "events",
                null,
                List.of(1),
                List.of(RandomMonitors.EVENTS.field(1)),
                List.of(List.of(true)),
                List.of(TwinAggregate.countAll(), watched),
                having);
    }

    private static Signal signal(Observed row) {
        List<@Nullable Object> values = row.values();
        if (values == null) {
            return Signal.UNKNOWN;
        }
        return row.isShown() ? TwinKeyAlerts.signal(values.get(2)) : Signal.CLEAR;
    }

    /** Where an amendment changed what {@code when} or {@code clear} say. */
    private static List<String> notes(List<Observed> observed, TimeSpec time) {
        Map<String, Signal> signals = new HashMap<>();
        List<String> notes = new ArrayList<>();
        for (Observed row : observed) {
            Signal signal = signal(row);
            Signal before = signals.put(row.key() + row.window(), signal);
            if (row.revision() > 0 && signal != (before == null ? Signal.CLEAR : before)) {
                long end = row.window().end();
                notes.add(note(row.key(), end, end + row.revision() * time.amendEveryMillis()));
            }
        }
        return notes;
    }

    private static String note(String key, long at, long due) {
        return "NOTE " + key + " " + at + " due " + due;
    }

    /** The alerts of windows on a grid. */
    private static final class GridAlerts {
        private final Input input;
        private final AlertPolicy policy;
        private final long size;
        private final long hop;
        private final Map<Long, Map<String, Signal>> signals = new TreeMap<>();
        private final Map<Long, Map<String, Long>> seen = new HashMap<>();
        private final Map<String, TwinKeyAlerts> keys;

        /** An alert that follows amendments has the last of each window; any other the first. */
        GridAlerts(
                Input input,
                Policy policy,
                TwinQuery query,
                List<Observed> observed,
                long size,
                long hop) {
            this.input = input;
            this.policy = policy.policy();
            this.size = size;
            this.hop = hop;
            this.keys = policy.listed(input.timeline().origin());
            boolean follows = this.policy.onAmend() == OnAmend.AMEND;
            for (Observed row : observed) {
                if (row.revision() == 0 || follows) {
                    signals.computeIfAbsent(row.window().end(), any -> new TreeMap<>())
                            .put(row.key(), signal(row));
                }
            }
            for (TwinRow row : query.rows(input.timeline())) {
                row.keys().forEach(key -> see(key.text(), row.event()));
            }
        }

        /** A row that is on time shows its key to every window that holds it, as late as its pane ends. */
        private void see(String key, Event event) {
            long paneEnd = Math.floorDiv(event.at(), hop) * hop + hop;
            for (long end = paneEnd; end - size <= event.at(); end += hop) {
                if (event.watermark() < end) {
                    seen.computeIfAbsent(end, any -> new HashMap<>())
                            .merge(key, paneEnd, Math::max);
                }
            }
        }

        private long closedTo() {
            long greatest = Long.MIN_VALUE;
            for (Event event : input.timeline().events()) {
                greatest = Math.max(greatest, Math.floorDiv(event.at(), hop) * hop + size);
            }
            return input.closedToEnd(greatest);
        }

        List<String> transitions() {
            long closedTo = closedTo();
            long origin = Math.min(
                    input.timeline().origin(),
                    signals.isEmpty()
                            ? Long.MAX_VALUE
                            : signals.keySet().iterator().next() - 1);
            if (origin == Long.MAX_VALUE) {
                return new ArrayList<>();
            }
            for (long end = Math.floorDiv(origin, hop) * hop + hop; end <= closedTo; end += hop) {
                Map<String, Signal> rows = signals.getOrDefault(end, Map.of());
                rows.keySet()
                        .forEach(key ->
                                keys.computeIfAbsent(key, any -> new TwinKeyAlerts(any, policy)));
                for (Map.Entry<String, TwinKeyAlerts> entry : keys.entrySet()) {
                    evaluate(
                            entry.getValue(),
                            rows.get(entry.getKey()),
                            seen.getOrDefault(end, Map.of()).get(entry.getKey()),
                            end);
                }
            }
            return AlertTwinTest.transitions(keys);
        }

        private void evaluate(
                TwinKeyAlerts key, @Nullable Signal row, @Nullable Long seenUntil, long end) {
            Signal none =
                    switch (policy.noData()) {
                        case RESOLVE -> Signal.CLEAR;
                        case KEEP -> Signal.UNKNOWN;
                        case ALERT -> Signal.HOLDS;
                    };
            if (seenUntil != null) {
                key.row(row == null ? none : row, seenUntil, end);
            } else if (row != null) {
                key.amended(row, end);
            } else {
                key.alone(none, end);
            }
        }
    }

    /** What is known of a key at a time, without a grid. */
    private record Observation(String key, long at, Signal signal) {}

    /** Sessions and rows: at each, with timers in between. */
    private static List<String> oneByOne(
            Input input, Policy policy, List<Observation> observations, long closedTo) {
        Map<String, TwinKeyAlerts> keys = policy.listed(input.timeline().origin());
        for (Observation each : observations) {
            TwinKeyAlerts key = keys.computeIfAbsent(
                    each.key(), name -> new TwinKeyAlerts(name, policy.policy()));
            key.ringUpTo(each.at());
            key.row(each.signal(), each.at(), each.at());
        }
        keys.values().forEach(key -> key.ringUpTo(closedTo));
        return transitions(keys);
    }

    private static List<String> transitions(Map<String, TwinKeyAlerts> keys) {
        List<String> lines = new ArrayList<>();
        keys.values().forEach(key -> lines.addAll(key.transitions()));
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
            scenario.monitor(
                    new MonitorText("m", sql, windowing, key, "a1 >= 3", "a1 <= 1"), policy);
            for (int i = choices.between(1, 3); i > 0; i--) {
                scenario.add(RandomMonitors.script(choices, 60, 4));
            }
            OptionalLong until = choices.oneIn(3)
                    ? OptionalLong.of(1_000 + choices.upTo(160))
                    : OptionalLong.empty();
            return new Input(scenario, Timeline.of(0, time, scenario.scripts()), until);
        }

        /** How far time comes where what a row begins ends so long after it. */
        long closedTo(long length) {
            return closedToEnd(timeline.events().stream()
                    .mapToLong(event -> event.at() + length)
                    .max()
                    .orElse(Long.MIN_VALUE));
        }

        /** How far time comes if there is no end after this one. */
        long closedToEnd(long greatestEnd) {
            return timeline.closedTo(until, greatestEnd);
        }

        /** The rows that are not late where windows do not decide, in the order of time. */
        List<Event> onTime() {
            return timeline.events().stream()
                    .filter(event -> event.at() >= event.watermark())
                    .sorted(Event.ORDER)
                    .toList();
        }

        /** Holds what was said, and not withdrawn, equal to what is expected. */
        void check(Choices choices, List<String> expected) {
            Outcome outcome = scenario.verifier(until).verify(choices, 3);
            Map<String, String> stands = new TreeMap<>();
            for (Transition each : outcome.transitions()) {
                if (each.kind() != Kind.WITHDRAWN) {
                    assertThat(stands.put(each.id(), line(each))).as(each.id()).isNull();
                }
            }
            for (Transition each : outcome.transitions()) {
                String withdraws = each.withdraws();
                if (withdraws != null) {
                    assertThat(stands.remove(withdraws)).as(withdraws).isNotNull();
                }
            }
            assertThat(LineDifference.of(expected, List.copyOf(stands.values())))
                    .isEmpty();
            Bits.record(
                    "alerts of a twin",
                    String.join("\n", outcome.lines(scenario.job().plan())));
        }

        private static String line(Transition each) {
            String key = key(each.alert().key().get("k"));
            return switch (each.kind()) {
                case NOTE -> note(key, each.at(), each.provenance().dueTime());
                case PROVISIONAL -> "PROVISIONAL " + key + " " + each.at();
                case STATE, WITHDRAWN ->
                    TwinAlert.line(
                            each.alert().subject() + " " + key,
                            each.from(),
                            each.to(),
                            each.startsAt(),
                            each.at());
            };
        }
    }
}
