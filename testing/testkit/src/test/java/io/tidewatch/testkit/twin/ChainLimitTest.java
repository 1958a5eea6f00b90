package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Absence;
import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Marks;
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
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import io.tidewatch.testkit.twin.TwinAlert.Signal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Alerts at the end of chains whose first link folds keys, or fails. */
class ChainLimitTest {
    private static final int ROUNDS = 40;
    private static final long SIZE = 10_000;
    private static final Field K = RandomMonitors.EVENTS.field(1);

    private static final String WINDOWS = "SELECT window_start, window_end, k, %s AS c"
            + " FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND))%s"
            + " GROUP BY window_start, window_end, k";

    private static final String SUMS = String.format(WINDOWS, "SUM(n)", "");

    private static final String COUNTS = String.format(WINDOWS, "COUNT(*)", " WHERE n > 0");

    /** Three keys of one key group and two of others; all as long, so that their bytes are in the order of their letters. */
    static final List<String> KEYS = keys();

    @Test
    void anAggregateOfAnAggregateStandsStillWhereTheFirstLacksRows() {
        run(
                "incomplete: aggregate",
                "SELECT c, COUNT(*) AS s FROM (" + SUMS + ") GROUP BY window_start, window_end, c",
                ChainLimitTest::sizes,
                SIZE);
    }

    @Test
    void theFirstKeysStandStillWhereARankedLinkLacksRows() {
        run(
                "incomplete: top",
                "SELECT k, c AS s FROM (SELECT k, c, ROW_NUMBER() OVER ("
                        + "PARTITION BY window_start, window_end ORDER BY c DESC) AS place FROM ("
                        + SUMS
                        + ")) WHERE place <= 2",
                ChainLimitTest::ranked,
                SIZE);
    }

    @Test
    void aJoinStandsStillWhereOneSideLacksRows() {
        run(
                "incomplete: join",
                "SELECT l.k AS k, l.c AS s FROM (" + SUMS + ") AS l JOIN (" + COUNTS
                        + ") AS r ON l.window_start = r.window_start"
                        + " AND l.window_end = r.window_end AND l.k = r.k",
                ChainLimitTest::joined,
                SIZE);
    }

    @Test
    void aDerivedStreamStandsStillWhereItsWindowsHoldOneThatLacksRows() {
        run(
                "incomplete: derived",
                "SELECT k, SUM(c) AS s FROM first GROUP BY k",
                ChainLimitTest::derived,
                2 * SIZE);
    }

    /** What one link has for a window: values by key, {@code null} where it could not be computed, and what it lacks. */
    private record Rows(
            TreeMap<TwinKey, @Nullable BigInteger> values,
            TreeSet<TwinKey> hidden,
            TreeSet<Integer> folded,
            boolean incomplete,
            TreeSet<Integer> inherited) {
        static Rows none() {
            return new Rows(
                    new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), false, new TreeSet<>());
        }

        /** Keeps of every key group the keys with the smallest hashes. */
        Rows limited(int keysMax) {
            Rows rows = new Rows(new TreeMap<>(), hidden, folded, incomplete, inherited);
            Map<Integer, Integer> counts = new TreeMap<>();
            values.forEach((key, value) -> {
                if (counts.merge(key.keyGroup(), 1, Integer::sum) <= keysMax) {
                    boolean fits = value != null && value.bitLength() < Long.SIZE;
                    rows.values.put(key, fits ? value : null);
                } else {
                    folded.add(key.keyGroup());
                }
            });
            return rows;
        }

        boolean lacksRows() {
            return incomplete || !folded.isEmpty() || values.containsValue(null);
        }

        /** An empty link that reads these. */
        Rows next(Rows... others) {
            TreeSet<Integer> groups = new TreeSet<>(folded);
            groups.addAll(inherited);
            boolean lacks = lacksRows();
            for (Rows other : others) {
                groups.addAll(other.folded);
                lacks |= other.lacksRows();
            }
            return new Rows(new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), lacks, groups);
        }

        void add(TwinKey key, BigInteger value) {
            BigInteger before = values.get(key);
            values.put(key, before == null ? value : before.add(value));
        }
    }

    private interface Chain {
        Rows at(Input input, long end);
    }

    private static Rows sizes(Input input, long end) {
        Rows first = input.sums(end);
        Rows rows = first.next();
        first.values.values().stream().filter(value -> value != null).forEach(value -> {
            Field c = new Field("c", Type.BIGINT);
            rows.add(
                    TwinKey.of(List.of(c), List.of(true), List.of(value.longValue())),
                    BigInteger.ONE);
        });
        return rows.limited(input.keysMax());
    }

    private static Rows ranked(Input input, long end) {
        Rows first = input.sums(end);
        Rows rows = first.next();
        first.values.forEach((key, value) -> {
            if (value != null) {
                rows.values.put(key, value);
            }
        });
        rows.values.keySet().stream()
                .sorted(Comparator.comparing((TwinKey key) -> value(rows, key).negate())
                        .thenComparing(TwinKey::text))
                .skip(2)
                .forEach(rows.hidden::add);
        return rows;
    }

    private static BigInteger value(Rows rows, TwinKey key) {
        BigInteger value = rows.values.get(key);
        return value == null ? BigInteger.ZERO : value;
    }

    private static Rows joined(Input input, long end) {
        Rows left = input.sums(end);
        Rows right = input.counts(end);
        Rows rows = left.next(right);
        left.values.forEach((key, value) -> {
            if (value != null && right.values.get(key) != null) {
                rows.values.put(key, value);
            }
        });
        return rows;
    }

    private static Rows derived(Input input, long end) {
        Rows earlier = input.sums(end - SIZE);
        Rows later = input.sums(end);
        Rows rows = later.next(earlier);
        for (Rows each : List.of(earlier, later)) {
            each.values.forEach((key, value) -> {
                if (value != null) {
                    rows.add(key, value);
                }
            });
        }
        return rows.limited(input.keysMax());
    }

    /** The alerts of one key. */
    private static final class Key {
        private final TwinAlert condition;
        private final TwinAlert absence;
        private long seenUntil;
        private boolean known;

        Key(String name, AlertPolicy policy) {
            condition = new TwinAlert("CONDITION " + name, policy);
            absence = new TwinAlert("ABSENCE " + name, 0, 0);
        }
    }

    private static List<String> expected(Input input, Chain chain, long size) {
        Map<String, Key> keys = new TreeMap<>();
        Map<Integer, TwinAlert> limits = new TreeMap<>();
        for (long end = SIZE; end <= input.until(); end += SIZE) {
            Rows rows = chain.at(input, end);
            Map<String, TwinKey> here = new TreeMap<>();
            rows.values.keySet().forEach(key -> {
                here.put(key.text(), key);
                keys.computeIfAbsent(key.text(), any -> new Key(any, input.policy()));
            });
            for (Map.Entry<String, Key> entry : keys.entrySet()) {
                evaluate(input, rows, entry, here.get(entry.getKey()), end, size);
            }
            TreeSet<Integer> limited = new TreeSet<>(rows.folded);
            limited.addAll(rows.inherited);
            limited.forEach(group ->
                    limits.computeIfAbsent(group, any -> new TwinAlert("LIMIT " + group, 0, 0)));
            for (Map.Entry<Integer, TwinAlert> entry : limits.entrySet()) {
                boolean holds = limited.contains(entry.getKey());
                entry.getValue().evaluate(holds ? Signal.HOLDS : Signal.CLEAR, end);
            }
        }
        List<String> lines = new ArrayList<>();
        keys.values().forEach(key -> {
            lines.addAll(key.condition.transitions());
            lines.addAll(key.absence.transitions());
        });
        limits.values().forEach(limit -> lines.addAll(limit.transitions()));
        return lines;
    }

    private static void evaluate(
            Input input,
            Rows rows,
            Map.Entry<String, Key> entry,
            @Nullable TwinKey row,
            long end,
            long size) {
        Key key = entry.getValue();
        Absence absence = input.policy().absence();
        if (row == null) {
            if (!key.known && !key.condition.isActive()) {
                return;
            }
            if (rows.incomplete || rows.folded.contains(input.keyGroups().get(entry.getKey()))) {
                key.condition.evaluate(Signal.UNKNOWN, end);
                key.seenUntil += SIZE;
                return;
            }
            key.condition.evaluate(noData(input.policy().noData()), end);
        } else {
            input.keyGroups().put(row.text(), row.keyGroup());
            key.condition.evaluate(signal(rows, row), end);
            key.known = absence != null;
            boolean isNew = size == SIZE || input.sums(end).values.get(row) != null;
            key.seenUntil = Math.max(key.seenUntil, isNew ? end : end - SIZE);
        }
        if (absence != null && key.known) {
            boolean silent = key.seenUntil + absence.afterMillis() <= end;
            key.absence.evaluate(silent ? Signal.HOLDS : Signal.CLEAR, end);
        }
    }

    /** {@code when} is s >= 3. */
    private static Signal signal(Rows rows, TwinKey key) {
        BigInteger value = rows.values.get(key);
        if (value == null) {
            return Signal.UNKNOWN;
        }
        boolean holds = !rows.hidden.contains(key) && value.longValue() >= 3;
        return holds ? Signal.HOLDS : Signal.CLEAR;
    }

    private static Signal noData(NoData noData) {
        return switch (noData) {
            case RESOLVE -> Signal.CLEAR;
            case KEEP -> Signal.UNKNOWN;
            case ALERT -> Signal.HOLDS;
        };
    }

    private void run(String name, String sql, Chain chain, long size) {
        Choices.random(name, ROUNDS, choices -> {
            Input input = Input.any(choices);
            MonitorScenario scenario = new MonitorScenario()
                    .stream(
                                    "events",
                                    RandomMonitors.EVENTS,
                                    0,
                                    TimeSpec.defaults().withOutOfOrder(2 * SIZE))
                            .limits(new KernelLimits(input.keysMax()));
            scenario.monitor("first", SUMS, null);
            Windowing hops = new Windowing.Grid(Windows.hopping(2 * SIZE, SIZE, 0));
            scenario.monitor(
                    new MonitorText(
                            "m", sql, size == SIZE ? null : hops, List.of(), "s >= 3", null),
                    input.policy());
            input.deal(choices, scenario);
            Outcome outcome = scenario.verifier(OptionalLong.of(input.until())).verify(choices, 4);
            List<String> lines =
                    outcome.transitions().stream().map(ChainLimitTest::line).toList();
            assertThat(LineDifference.of(expected(input, chain, size), lines)).isEmpty();
            assertThat(LineDifference.of(
                            expectedMarks(input, chain), marks(scenario.job().plan(), outcome)))
                    .isEmpty();
            assertThat(outcome.transitions()).allSatisfy(transition -> {
                boolean incomplete = !transition.values().isEmpty()
                        && chain.at(input, transition.at()).incomplete;
                assertThat(transition.marks()).isEqualTo(new Marks(false, incomplete));
            });
            Bits.record(name, String.join("\n", lines));
        });
    }

    /** Per result of the chain its window's end, its key and whether it is incomplete. */
    private static List<String> marks(JobPlan plan, Outcome outcome) {
        List<String> lines = new ArrayList<>();
        for (Result result : outcome.results()) {
            String line = Outcome.line(plan, result);
            if (line.startsWith("first ")) {
                assertThat(result.incomplete()).as(line).isFalse();
            } else if (result.kind() == Result.Kind.FINAL) {
                String key = line.substring("m ".length(), line.indexOf('}')).split(",", 2)[0];
                lines.add(result.windowEnd() + " " + key + "} " + result.incomplete());
            }
        }
        return lines;
    }

    private static List<String> expectedMarks(Input input, Chain chain) {
        List<String> lines = new ArrayList<>();
        for (long end = SIZE; end <= input.until(); end += SIZE) {
            Rows rows = chain.at(input, end);
            for (Map.Entry<TwinKey, @Nullable BigInteger> row : rows.values.entrySet()) {
                if (row.getValue() != null && !rows.hidden.contains(row.getKey())) {
                    lines.add(end + " " + row.getKey().text() + " " + rows.incomplete);
                }
            }
        }
        return lines;
    }

    private static String line(Transition transition) {
        Subject subject = transition.alert().subject();
        Map<String, @Nullable Object> key = transition.alert().key();
        String about = subject == Subject.LIMIT
                ? String.valueOf(transition.alert().labels().get("key_group"))
                : key.entrySet().stream()
                        .limit(1)
                        .map(each -> "{" + each.getKey() + "=" + each.getValue() + "}")
                        .findFirst()
                        .orElseThrow();
        return TwinAlert.line(
                subject + " " + about,
                transition.from(),
                transition.to(),
                transition.startsAt(),
                transition.at());
    }

    /**
     * What a chain reads.
     *
     * @param keyGroups of the keys that had a row, filled as they are met
     */
    private record Input(
            List<@Nullable Object[]> events,
            int keysMax,
            AlertPolicy policy,
            long until,
            Map<String, Integer> keyGroups) {
        static Input any(Choices choices) {
            List<@Nullable Object[]> events = new ArrayList<>();
            long latest = SIZE;
            for (int i = choices.upTo(60); i > 0; i--) {
                latest += choices.upTo(4_000);
                Long n = choices.oneIn(10)
                        ? Long.valueOf(Long.MAX_VALUE - 2)
                        : Long.valueOf(choices.between(1, 3));
                long at = latest - choices.upTo((int) SIZE);
                events.add(
                        new @Nullable Object[] {at, choices.of(KEYS), null, n, null, null, null});
            }
            AlertPolicy policy = new AlertPolicy(
                    choices.of(0, 15_000),
                    choices.of(0, 15_000),
                    false,
                    choices.flag()
                            ? new Absence(
                                    SIZE * choices.between(1, 3), 1_000 * SIZE, true, List.of())
                            : null,
                    choices.of(NoData.values()),
                    OnAmend.IGNORE,
                    Mode.PAGE,
                    Evaluate.FINAL,
                    Map.of(),
                    Map.of());
            long until = latest + SIZE * choices.between(2, 6);
            return new Input(events, choices.of(1, 2, 1_000), policy, until, new TreeMap<>());
        }

        /** Events with equal times stay together, so that they keep their order. */
        void deal(Choices choices, MonitorScenario scenario) {
            int count = choices.between(1, 3);
            List<Script> scripts = IntStream.range(0, count)
                    .mapToObj(i -> scenario.partition("events"))
                    .toList();
            for (@Nullable Object[] event : events) {
                Long at = (Long) event[0];
                scripts.get(at == null ? 0 : (int) (at * 31 % 17 % count)).row(event);
            }
        }

        Rows sums(long end) {
            return of(end, false);
        }

        Rows counts(long end) {
            return of(end, true);
        }

        private Rows of(long end, boolean counts) {
            Rows rows = Rows.none();
            for (@Nullable Object[] event : events) {
                Long at = (Long) event[0];
                Long n = (Long) event[3];
                if (at != null && n != null && at >= end - SIZE && at < end) {
                    rows.add(
                            TwinKey.of(
                                    List.of(K), List.of(true), List.of(String.valueOf(event[1]))),
                            counts ? BigInteger.ONE : BigInteger.valueOf(n));
                }
            }
            return rows.limited(keysMax);
        }
    }

    private static List<String> keys() {
        List<String> names =
                IntStream.range(1_000, 10_000).mapToObj(i -> "k" + i).toList();
        List<String> keys = new ArrayList<>();
        Set<Integer> others = new TreeSet<>();
        for (String name : names) {
            int keyGroup = TwinKey.of(List.of(K), List.of(true), List.of(name)).keyGroup();
            if (keyGroup == 77 && keys.size() < 3 || keys.size() >= 3 && others.add(keyGroup)) {
                keys.add(name);
            }
            if (keys.size() == 5) {
                break;
            }
        }
        return keys;
    }
}
