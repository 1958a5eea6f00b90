package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.Result.Kind;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Links that read links. */
class ChainTest {
    private static final int ROUNDS = 25;
    private static final int STEP = 4_000;

    /** Counts of each k in windows of 10 s. */
    private static final String COUNTS = """
            SELECT window_start, window_end, k, COUNT(*) AS c
            FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND))
            GROUP BY window_start, window_end, k""";

    private static final String SUMS = """
            SELECT window_start, window_end, k, SUM(n) AS s
            FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND))
            WHERE n > 0 GROUP BY window_start, window_end, k""";

    private static final TwinWindows TENS = TwinWindows.hopping(10_000, 10_000, 0);

    @Test
    void anAggregateOfAnAggregateReadsTheRowsOfItsWindow() {
        run(
                "chains: aggregate",
                "SELECT MAX(c) AS m, COUNT(*) AS keys FROM (" + COUNTS
                        + ") GROUP BY window_start, window_end",
                input -> {
                    List<String> lines = new ArrayList<>();
                    input.counts()
                            .forEach((window, rows) -> lines.add(line(
                                    window,
                                    rows.stream()
                                            .mapToLong(row -> (Long) row.get(1))
                                            .max()
                                            .orElseThrow(),
                                    (long) rows.size())));
                    return lines;
                });
    }

    @Test
    void theFirstKeysOfAWindowAreRankedTiesByKey() {
        run(
                "chains: top",
                "SELECT k, c, place FROM (SELECT k, c, ROW_NUMBER() OVER ("
                        + "PARTITION BY window_start, window_end ORDER BY c DESC) AS place FROM ("
                        + COUNTS
                        + ")) WHERE place <= 2",
                input -> {
                    List<String> lines = new ArrayList<>();
                    input.counts().forEach((window, rows) -> {
                        List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
                        sorted.sort(Comparator.<List<@Nullable Object>>comparingLong(
                                        row -> -(Long) Objects.requireNonNull(row.get(1)))
                                .thenComparing(
                                        row -> String.valueOf(row.get(0)), ChainTest::nullFirst));
                        for (int i = 0; i < Math.min(2, sorted.size()); i++) {
                            lines.add(line(
                                    window, sorted.get(i).get(0), sorted.get(i).get(1), i + 1L));
                        }
                    });
                    return lines;
                });
    }

    private static int nullFirst(String left, String right) {
        return Comparator.comparing((String key) -> !key.equals("null"))
                .thenComparing(String::length) // The bytes of a key begin with its length.
                .thenComparing(Comparator.naturalOrder())
                .compare(left, right);
    }

    @Test
    void aJoinPairsTheRowsOfOneWindowAndKey() {
        run("chains: join", join("JOIN", COUNTS, SUMS), input -> joined(input, false));
        run("chains: left join", join("LEFT JOIN", COUNTS, SUMS), input -> joined(input, true));
    }

    private static String join(String kind, String left, String right) {
        return "SELECT l.k AS k, l.c AS c, r.s AS s FROM (" + left + ") AS l " + kind + " ("
                + right + ") AS r ON l.window_start = r.window_start"
                + " AND l.window_end = r.window_end AND l.k = r.k";
    }

    private static List<String> joined(Input input, boolean left) {
        List<String> lines = new ArrayList<>();
        Map<Window, List<List<@Nullable Object>>> sums = input.sums();
        input.counts()
                .forEach((window, rows) -> rows.forEach(row -> {
                    List<List<@Nullable Object>> matches =
                            sums.getOrDefault(window, List.of()).stream()
                                    .filter(sum ->
                                            row.get(0) != null && row.get(0).equals(sum.get(0)))
                                    .toList();
                    matches.forEach(
                            sum -> lines.add(line(window, row.get(0), row.get(1), sum.get(1))));
                    if (left && matches.isEmpty()) {
                        lines.add(line(window, row.get(0), row.get(1), null));
                    }
                }));
        return lines;
    }

    @Test
    void aJoinOfAQueryWithItselfPairsEveryRow() {
        String sql = join("JOIN", COUNTS, COUNTS.replace("AS c", "AS s"));
        run("chains: self join", sql, input -> {
            List<String> lines = new ArrayList<>();
            input.counts().forEach((window, rows) -> rows.stream()
                    .filter(row -> row.get(0) != null)
                    .forEach(row -> lines.add(line(window, row.get(0), row.get(1), row.get(1)))));
            return lines;
        });
    }

    @Test
    void aJoinOfADerivedStreamWithItselfPairsEveryRow() {
        String sql = join("JOIN", "SELECT * FROM first", "SELECT * FROM first")
                .replace("r.s AS s", "r.c AS s");
        Choices.random("chains: derived self join", ROUNDS, choices -> {
            Input input = Input.any(choices);
            input.scenario().monitor("first", COUNTS, null);
            input.scenario().monitor("second", sql, null);
            List<String> lines = new ArrayList<>();
            input.counts().forEach((window, rows) -> rows.stream()
                    .filter(row -> row.get(0) != null)
                    .forEach(row -> lines.add(line(window, row.get(0), row.get(1), row.get(1)))));
            input.check(choices, 1, lines, "chains: derived self join");
        });
    }

    @Test
    void branchesOfAUnionKeepTheirRowsApart() {
        String half = "SELECT k, COUNT(*) AS c FROM events WHERE n > 0 GROUP BY k";
        run(
                "chains: union on top",
                half + " UNION ALL " + half.replace("n > 0", "n <= 3"),
                input -> {
                    List<String> lines = new ArrayList<>();
                    for (Term filter : List.of(POSITIVE, SMALL)) {
                        input.results(query(TwinAggregate.countAll(), filter))
                                .forEach(result -> lines.add(line(result)));
                    }
                    return lines;
                });
    }

    @Test
    void aUnionBelowAnAggregateIsOneInput() {
        String sql = "SELECT k, COUNT(*) AS c FROM (SELECT ts, k FROM events WHERE n > 0"
                + " UNION ALL SELECT ts, k FROM events WHERE n <= 3) GROUP BY k";
        run("chains: union below", sql, input -> {
            TwinAggregate twice = new TwinAggregate("", null, samples -> samples.stream()
                    .mapToLong(sample -> (POSITIVE.isTrue(sample.event()) ? 1 : 0)
                            + (SMALL.isTrue(sample.event()) ? 1 : 0))
                    .sum());
            Term either = new Term("", event -> POSITIVE.isTrue(event) || SMALL.isTrue(event));
            return input.results(query(twice, either)).stream()
                    .map(ChainTest::line)
                    .toList();
        });
    }

    @Test
    void aStreamDerivedFromWindowsHasTheTimesOfTheirEnds() {
        derived(
                "chains: derived",
                new MonitorText("first", COUNTS, null, List.of(), null, null),
                "SELECT k, SUM(c) AS s FROM first GROUP BY k",
                input -> {
                    List<Event> events = new ArrayList<>();
                    for (TwinResult row : input.results(query(TwinAggregate.countAll(), null))) {
                        if (row.revision() == 0) {
                            long at = row.window().end() - 1;
                            events.add(new Event(0, 0, at, Long.MIN_VALUE, row.values()));
                        }
                    }
                    return events;
                });
    }

    @Test
    void aStreamDerivedFromRowsHasTheirTimes() {
        derived(
                "chains: derived rows",
                new MonitorText(
                        "first",
                        "SELECT k, n AS c FROM events WHERE n > 0",
                        null,
                        List.of("k"),
                        null,
                        null),
                "SELECT k, SUM(c) AS s FROM first GROUP BY k",
                input -> {
                    long end = input.timeline().events().stream()
                            .filter(event -> event.at() >= event.watermark())
                            .filter(POSITIVE::isTrue)
                            .mapToLong(event -> event.at() + 1)
                            .max()
                            .orElse(Long.MIN_VALUE);
                    long closedTo =
                            Math.max(input.timeline().watermark(), input.until().orElse(end));
                    List<Event> events = new ArrayList<>();
                    for (Event event : input.timeline().events()) {
                        if (event.at() >= event.watermark()
                                && event.at() < closedTo
                                && POSITIVE.isTrue(event)) {
                            events.add(new Event(
                                    0,
                                    0,
                                    event.at(),
                                    Long.MIN_VALUE,
                                    Arrays.asList(event.get(1), event.get(3))));
                        }
                    }
                    return events;
                });
    }

    private interface FirstRows {
        List<Event> of(Input input);
    }

    /** A monitor over the rows of another: sums of the second column in windows of 30 s. */
    private void derived(String name, MonitorText first, String second, FirstRows firstRows) {
        Windowing thirties = new Windowing.Grid(Windows.tumbling(30_000, 0));
        Choices.random(name, ROUNDS, choices -> {
            Input input = Input.any(choices);
            input.scenario().monitor(first);
            input.scenario().monitor("second", second, thirties);
            TwinQuery sums = new TwinQuery(
                    "first",
                    null,
                    List.of(0),
                    List.of(RandomMonitors.EVENTS.field(1)),
                    List.of(List.of(true)),
                    List.of(TwinAggregate.sumOfLongs(Term.field("c", 1))),
                    null);
            Timeline derived = new Timeline(
                    TimeSpec.defaults(), firstRows.of(input), input.timeline().watermark(), 0, 0);
            List<String> expected = new ArrayList<>();
            TwinRun.onGrid(
                            sums,
                            TwinWindows.hopping(30_000, 30_000, 0),
                            derived,
                            input.until(),
                            1_000)
                    .results()
                    .forEach(result -> expected.add(line(result)));
            input.check(choices, 1, expected, name);
        });
    }

    private interface Chain {
        List<String> lines(Input input);
    }

    /** Runs a query whose aggregates have windows of 10 s. */
    private void run(String name, String sql, Chain chain) {
        Choices.random(name, ROUNDS, choices -> {
            Input input = Input.any(choices);
            boolean named = sql.contains("TUMBLE");
            input.scenario().monitor("query", sql, named ? null : TENS.windowing());
            input.check(choices, 0, chain.lines(input), name);
        });
    }

    private static final Term POSITIVE = new Term("n > 0", event -> {
        Long n = (Long) event.get(3);
        return n == null ? null : n > 0;
    });

    private static final Term SMALL = new Term("n <= 3", event -> {
        Long n = (Long) event.get(3);
        return n == null ? null : n <= 3;
    });

    private static TwinQuery query(TwinAggregate aggregate, @Nullable Term where) {
        return new TwinQuery(
                "events",
                where,
                List.of(1),
                List.of(RandomMonitors.EVENTS.field(1)),
                List.of(List.of(true)),
                List.of(aggregate),
                null);
    }

    private static String line(TwinResult result) {
        return line(result.window(), result.values()) + " #" + result.revision();
    }

    private static String line(Window window, @Nullable Object... values) {
        return line(window, Arrays.asList(values)) + " #0";
    }

    private static String line(Window window, List<@Nullable Object> values) {
        return window + " " + values.stream().map(Outcome::text).toList();
    }

    /** What a chain reads. */
    private record Input(MonitorScenario scenario, Timeline timeline, OptionalLong until) {
        static Input any(Choices choices) {
            TimeSpec time = RandomMonitors.time(choices, STEP, true);
            MonitorScenario scenario =
                    new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
            for (int i = choices.between(1, 3); i > 0; i--) {
                Script script = RandomMonitors.script(choices, 40, STEP);
                scenario.add(script);
            }
            OptionalLong until = choices.oneIn(3)
                    ? OptionalLong.of(1_000 + choices.upTo(40 * STEP))
                    : OptionalLong.empty();
            return new Input(scenario, Timeline.of(0, time, scenario.scripts()), until);
        }

        List<TwinResult> results(TwinQuery query) {
            return TwinRun.onGrid(query, TENS, timeline, until, 1_000).results();
        }

        /** Per window, k and the number of rows: revision 0 only. */
        Map<Window, List<List<@Nullable Object>>> counts() {
            return byWindow(query(TwinAggregate.countAll(), null));
        }

        /** Per window, k and the sum of n where it is positive: revision 0 only. */
        Map<Window, List<List<@Nullable Object>>> sums() {
            return byWindow(query(TwinAggregate.sumOfLongs(Term.field("n", 3)), POSITIVE));
        }

        private Map<Window, List<List<@Nullable Object>>> byWindow(TwinQuery query) {
            Map<Window, List<List<@Nullable Object>>> rows = new TreeMap<>();
            for (TwinResult result : results(query)) {
                if (result.revision() == 0) {
                    rows.computeIfAbsent(result.window(), window -> new ArrayList<>())
                            .add(result.values());
                }
            }
            return rows;
        }

        void check(Choices choices, int monitor, List<String> expected, String name) {
            Outcome outcome = scenario.verifier(until).verify(choices, 2);
            List<String> lines = new ArrayList<>();
            outcome.results().forEach(result -> {
                if (result.monitor() == monitor && result.kind() == Kind.FINAL) {
                    Window window = new Window(result.windowStart(), result.windowEnd());
                    lines.add(line(window, result.values()) + " #" + result.revision());
                }
            });
            assertThat(LineDifference.of(expected, lines)).isEmpty();
            Bits.record(name, String.join("\n", lines));
        }
    }
}
