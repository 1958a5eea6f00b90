package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.Epochs;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reference tables whose content changes while events come: each row is looked up in what held at its own time. */
class TableChangeTest {
    private static final Schema EVENTS =
            Schema.of(new Field("ts", Type.TIMESTAMP), new Field("k", Type.VARCHAR));
    private static final Schema PEOPLE =
            Schema.of(new Field("k", Type.VARCHAR), new Field("team", Type.VARCHAR));
    private static final int SIZE = 20;

    private static final String TEAMS = "SELECT p.team AS team, COUNT(*) AS n FROM events"
            + " JOIN people AS p ON p.k = events.k GROUP BY p.team";
    private static final String ROWS =
            "SELECT events.k AS k, p.team AS team FROM events LEFT JOIN people AS p ON p.k = events.k";
    private static final String COUNTS = "SELECT c.k AS k, c.n AS n, p.team AS team FROM ("
            + "SELECT window_start, window_end, k, COUNT(*) AS n"
            + " FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '0.020' SECOND))"
            + " GROUP BY window_start, window_end, k) AS c JOIN people AS p ON p.k = c.k";

    /** The rows of a table from some time on: team by key, a key perhaps twice. */
    private record Version(long from, List<String[]> rows) {
        TableVersion toKernel() {
            List<ColumnBuilder> builders = PEOPLE.fields().stream()
                    .map(field -> ColumnBuilder.of(field.type(), rows.size()))
                    .toList();
            rows.forEach(row -> {
                Values.append(Type.VARCHAR, builders.get(0), row[0]);
                Values.append(Type.VARCHAR, builders.get(1), row[1]);
            });
            StringBuilder hash = new StringBuilder();
            rows.forEach(row -> hash.append(row[0]).append('=').append(row[1]).append(';'));
            Batch batch = Batch.of(
                    PEOPLE,
                    rows.size(),
                    builders.stream().map(ColumnBuilder::build).toList());
            return new TableVersion(from, hash.toString(), batch);
        }

        List<String> teams(String key) {
            return rows.stream()
                    .filter(row -> row[0].equals(key))
                    .map(row -> row[1])
                    .toList();
        }
    }

    @Test
    void everyRowIsLookedUpInTheVersionOfItsOwnTime() {
        Choices.random("tables that change", 150, choices -> {
            TimeSpec time = TimeSpec.defaults()
                    .withOutOfOrder(choices.upTo(25))
                    .withAhead(choices.upTo(40));
            if (choices.flag()) {
                time = time.withAllowedLateness(choices.between(1, 30), choices.between(1, 20));
            }
            List<Version> versions = new ArrayList<>();
            MonitorScenario scenario = scenario(time, begun(choices, versions));
            fill(scenario, time, versions, choices);
            Outcome outcome = scenario.verifier(OptionalLong.empty()).verify(choices, 6);
            JobPlan plan = scenario.job().plan();
            List<String> actual = outcome.results().stream()
                    .map(result -> line(plan, result))
                    .sorted()
                    .toList();
            Timeline timeline = Timeline.of(0, time, scenario.scripts());
            List<String> expected = new ArrayList<>();
            teams(timeline, versions, expected);
            rows(timeline, versions, expected);
            counts(timeline, versions, expected);
            expected.sort(null);
            assertThat(LineDifference.of(expected, actual)).isEmpty();
        });
    }

    @Test
    void versionsThatNoRowNeedsAreForgotten() {
        TimeSpec time = TimeSpec.defaults().withOutOfOrder(5).withAhead(10);
        MonitorScenario scenario = scenario(
                time, new Version(Times.BEGINNING, List.<String[]>of(new String[] {"a", "x"})));
        scenario.partition("events");
        scenario.partition("events");
        try (EmbeddedEngine engine = new EmbeddedEngine(scenario.job(), 2)) {
            engine.addPartition(0);
            engine.addPartition(0);
            Version next = new Version(111, List.<String[]>of(new String[] {"a", "y"}));
            LogRecord change = new LogRecord.TableChange("people", next.toKernel(), 100);
            Epochs.run(engine, List.of(List.of(change), List.of(change)));
            assertThat(engine.tableVersions("people")).isEqualTo(2);
            // A row at 110 belongs to the window that ends at 120, so it may come until then.
            LogRecord before = new LogRecord.Tick(130, 125);
            LogRecord passed = new LogRecord.Tick(131, 126);
            Epochs.run(engine, List.of(List.of(passed), List.of(before)));
            assertThat(engine.tableVersions("people")).isEqualTo(2);
            Epochs.run(engine, List.of(List.of(), List.of(passed)));
            assertThat(engine.tableVersions("people")).isEqualTo(1);
            // What lies behind is known, and does not come again.
            Epochs.run(engine, List.of(List.of(), List.of(change)));
            assertThat(engine.tableVersions("people")).isEqualTo(1);
        }
    }

    private static MonitorScenario scenario(TimeSpec time, Version begun) {
        MonitorScenario scenario = new MonitorScenario()
                .stream("events", EVENTS, 0, time)
                        .table(new ReferenceTable("people", PEOPLE, List.of(begun.toKernel())));
        scenario.monitor("teams", TEAMS, new Windowing.Grid(Windows.hopping(SIZE, SIZE, 0)));
        scenario.monitor(new MonitorText("rows", ROWS, null, List.of("k"), null, null));
        scenario.monitor("counts", COUNTS, null);
        return scenario;
    }

    private static Version begun(Choices choices, List<Version> versions) {
        Version version =
                version(choices, choices.flag() ? Times.BEGINNING : choices.between(950, 1_050));
        versions.add(version);
        return version;
    }

    private static Version version(Choices choices, long from) {
        List<String[]> rows = new ArrayList<>();
        for (int i = choices.upTo(5); i > 0; i--) {
            rows.add(new String[] {choices.of("a", "b", "c"), choices.of("x", "y", "z")});
        }
        return new Version(from, rows);
    }

    /** Rows, ticks, and changes that take effect after any row that could have been accepted before them. */
    private static void fill(
            MonitorScenario scenario, TimeSpec time, List<Version> versions, Choices choices) {
        List<Script> scripts = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            scripts.add(scenario.partition("events"));
        }
        int ahead = (int) time.aheadMillis();
        int clock = 1_000;
        for (int step = choices.between(20, 80); step > 0; step--) {
            clock += choices.upTo(10);
            Script script = choices.of(scripts);
            switch (choices.upTo(8)) {
                case 0 -> script.tick(clock + choices.between(-30, ahead), clock);
                case 1 -> {
                    long last = versions.get(versions.size() - 1).from();
                    long from = Math.max(last, clock + ahead + 1L);
                    Version version = version(choices, from);
                    versions.removeIf(known -> known.from() == from);
                    versions.add(version);
                    TableVersion content = version.toKernel();
                    int received = clock;
                    scripts.forEach(each -> each.table("people", content, received));
                }
                default ->
                    script.rowAt(
                            clock,
                            (long) clock + choices.between(-60, ahead + 5),
                            choices.of("a", "b", "c", "d"));
            }
        }
    }

    private static List<String> teams(List<Version> versions, long at, String key) {
        List<String> found = List.of();
        for (Version version : versions) {
            if (version.from() <= at) {
                found = version.teams(key);
            }
        }
        return found;
    }

    private static void teams(Timeline timeline, List<Version> versions, List<String> lines) {
        Map<Long, Map<String, TreeMap<Integer, Integer>>> added = new TreeMap<>();
        for (Event event : timeline.events()) {
            long end = end(event.at());
            Integer revision = revision(timeline.time(), event.watermark(), end);
            if (revision != null) {
                for (String team : teams(versions, event.at(), key(event))) {
                    added.computeIfAbsent(end, any -> new TreeMap<>())
                            .computeIfAbsent(team, any -> new TreeMap<>())
                            .merge(revision, 1, Integer::sum);
                }
            }
        }
        long closedTo = timeline.watermark();
        for (Event event : timeline.events()) {
            closedTo = Math.max(closedTo, end(event.at()));
        }
        long inputEnd = closedTo;
        added.forEach((end, teams) -> teams.forEach((team, revisions) -> {
            int count = 0;
            for (Map.Entry<Integer, Integer> revision : revisions.entrySet()) {
                count += revision.getValue();
                if (end + revision.getKey() * timeline.time().amendEveryMillis() <= inputEnd) {
                    lines.add("teams " + end + " #" + revision.getKey() + " "
                            + List.of(team, (long) count));
                }
            }
        }));
    }

    private static void rows(Timeline timeline, List<Version> versions, List<String> lines) {
        for (Event event : timeline.events()) {
            if (event.at() >= event.watermark()) {
                List<String> found = teams(versions, event.at(), key(event));
                found.forEach(team -> lines.add(row(event, team)));
                if (found.isEmpty()) {
                    lines.add(row(event, null));
                }
            }
        }
    }

    private static String row(Event event, @Nullable String team) {
        return "rows " + event.at() + " #0 [" + key(event) + ", " + team + "]";
    }

    private static void counts(Timeline timeline, List<Version> versions, List<String> lines) {
        Map<Long, TreeMap<String, Long>> counts = new TreeMap<>();
        for (Event event : timeline.events()) {
            long end = end(event.at());
            if (event.watermark() < end) {
                counts.computeIfAbsent(end, any -> new TreeMap<>())
                        .merge(key(event), 1L, Long::sum);
            }
        }
        counts.forEach((end, keys) -> keys.forEach((key, count) -> {
            for (String team : teams(versions, end - 1, key)) {
                lines.add("counts " + end + " #0 " + List.of(key, count, team));
            }
        }));
    }

    private static String key(Event event) {
        return String.valueOf(event.values().get(1));
    }

    private static long end(long at) {
        return Math.floorDiv(at, SIZE) * SIZE + SIZE;
    }

    private static @Nullable Integer revision(TimeSpec time, long watermark, long end) {
        if (watermark < end) {
            return 0;
        }
        return watermark >= end + time.allowedLatenessMillis()
                ? null
                : 1 + (int) ((watermark - end) / time.amendEveryMillis());
    }

    private static String line(JobPlan plan, Result result) {
        return plan.monitors().get(result.monitor()).name() + " " + result.windowEnd() + " #"
                + result.revision() + " " + result.values();
    }
}
