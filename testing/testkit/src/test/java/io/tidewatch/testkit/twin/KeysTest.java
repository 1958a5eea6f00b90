package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.JobVerifier;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys tell rows apart. That no two updates have one id is what every verified run is held to; here are the hard cases. */
class KeysTest {
    private static final int ROUNDS = 25;
    private static final int STEP = 4_000;
    private static final Windowing TENS = new Windowing.Grid(Windows.tumbling(10_000, 0));

    private static final String SETS =
            "SELECT k, g, COUNT(*) AS c FROM events GROUP BY GROUPING SETS ((k, g), (k), ())";

    private static final String BY_K = "SELECT k, COUNT(*) AS c FROM events GROUP BY k";

    private static final String FIRST_IN_MINUTES =
            "TABLE(TUMBLE((SELECT k, c, window_start AS ts FROM first), DESCRIPTOR(ts), INTERVAL '1' MINUTE))";

    private static final String TOTAL = "SELECT COUNT(*) AS c FROM events";

    private static final String BY_G_AND_K = "SELECT g, k, COUNT(*) AS c FROM events GROUP BY g, k";

    @Test
    void aJoinTellsTheGroupOfNullFromTheTotal() {
        assertThat(lines(
                        "SELECT a.k, a.c, b.c AS d FROM (SELECT k, COUNT(*) AS c FROM events GROUP BY"
                                + " GROUPING SETS ((k), ())) AS a JOIN (" + TOTAL
                                + ") AS b ON a.c <= b.c"))
                .containsExactlyInAnyOrder(
                        "query {k=x} [0, 10000) #0 FINAL [x, 2, 3]",
                        "query {k=null} [0, 10000) #0 FINAL [null, 1, 3]",
                        "query {} [0, 10000) #0 FINAL [null, 3, 3]");
    }

    @Test
    void aJoinHasTheGroupingSetsOfBothSides() {
        String sets = "(SELECT k, COUNT(*) AS c FROM events GROUP BY GROUPING SETS ((k), ()))";
        assertThat(lines("SELECT a.c, b.c AS d FROM " + sets + " AS a JOIN " + sets
                        + " AS b ON a.c = b.c"))
                .containsExactlyInAnyOrder(
                        "query {k=x, k_2=x} [0, 10000) #0 FINAL [2, 2]",
                        "query {k=null, k_2=null} [0, 10000) #0 FINAL [1, 1]",
                        "query {} [0, 10000) #0 FINAL [3, 3]");
    }

    @Test
    void branchesBelowAJoinKeepTheirRowsApart() {
        assertThat(lines("SELECT a.c, b.c AS d FROM (" + BY_K + " UNION ALL " + BY_K
                        + ") AS a JOIN (" + TOTAL + ") AS b ON a.c <= b.c"))
                .containsExactlyInAnyOrder(
                        "query {k=x} [0, 10000) #0 FINAL [2, 3]",
                        "query {k=null} [0, 10000) #0 FINAL [1, 3]",
                        "query 1:{k=x} [0, 10000) #0 FINAL [2, 3]",
                        "query 1:{k=null} [0, 10000) #0 FINAL [1, 3]");
    }

    @Test
    void whatABranchLacksIsOutsideItsGroupingSet() {
        String sql =
                "SELECT c, place FROM (SELECT c, ROW_NUMBER() OVER (ORDER BY c DESC) AS place FROM ("
                        + "SELECT k, c FROM (" + BY_K + ") UNION ALL SELECT NULL, c FROM (" + TOTAL
                        + "))) WHERE place <= 9";
        assertThat(lines(sql.replace("NULL, c", "CAST(NULL AS VARCHAR), c")))
                .containsExactlyInAnyOrder(
                        "query 1:{} [0, 10000) #0 FINAL [3, 1]",
                        "query {k=x} [0, 10000) #0 FINAL [2, 2]",
                        "query {k=null} [0, 10000) #0 FINAL [1, 3]");
    }

    @Test
    void partsOfTheKeyMeetByTheirColumnsNotTheirOrder() {
        String sql =
                "SELECT c, place FROM (SELECT c, ROW_NUMBER() OVER (ORDER BY c, k) AS place FROM ("
                        + "SELECT k, g, c FROM (SELECT k, g, COUNT(*) AS c FROM events GROUP BY k, g)"
                        + " UNION ALL SELECT k, g, c FROM (" + BY_G_AND_K + "))) WHERE place <= 3";
        assertThat(lines(sql))
                .containsExactlyInAnyOrder(
                        "query {k=x, g=1} [0, 10000) #0 FINAL [1, 1]",
                        "query {k=x, g=2} [0, 10000) #0 FINAL [1, 2]",
                        "query 1:{k=x, g=1} [0, 10000) #0 FINAL [1, 3]");
    }

    @Test
    void theFirstRowsOfAKeyedMonitorHaveItsKey() {
        MonitorScenario scenario = scenario();
        scenario.monitor("first", BY_K, TENS);
        scenario.monitor(
                "query",
                "SELECT c, place FROM (SELECT k, c, ROW_NUMBER() OVER (PARTITION BY window_start, window_end"
                        + " ORDER BY c DESC) AS place FROM " + FIRST_IN_MINUTES
                        + ") WHERE place <= 3",
                null);
        fill(scenario);
        scenario.scripts().get(0).row(12_000L, "x", 1L, 1L, 1.0, true, null);
        assertThat(ofQuery(scenario, 1))
                .containsExactlyInAnyOrder(
                        "query {k=null} [0, 60000) #0 FINAL [1, 2]",
                        "query {k=x} [0, 60000) #0 FINAL [1, 3]",
                        "query {k=x} [0, 60000) +1 #0 FINAL [2, 1]");
    }

    @Test
    void theFirstRowsOfAStreamAreToldApartByTheirPlace() {
        assertThat(lines(
                        "SELECT n, place FROM (SELECT k, n, ROW_NUMBER() OVER (PARTITION BY window_start,"
                                + " window_end, k ORDER BY n) AS place FROM "
                                + tumble("events", "ts", 10) + ") WHERE place <= 2",
                        null))
                .containsExactlyInAnyOrder(
                        "query {} [0, 10000) #0 FINAL [1, 1]",
                        "query {} [0, 10000) +1 #0 FINAL [2, 2]",
                        "query {} [0, 10000) +2 #0 FINAL [3, 1]");
    }

    @Test
    void aValueMayBeCalledLikeAColumnOfTheKey() {
        MonitorScenario scenario = scenario();
        scenario.monitor("first", BY_K, TENS);
        scenario.monitor("query", "SELECT c AS k, k AS other FROM first", null);
        JobPlan plan = scenario.job().plan();

        assertThat(plan.keySchema(1).indexOf("k")).isZero();
        assertThat(plan.valueColumns(1)).containsExactly(0, 1);
    }

    @Test
    void aColumnOfTheKeyIsNoValueWhereItKeepsItsName() {
        MonitorScenario scenario = scenario();
        scenario.monitor("first", BY_K, TENS);
        scenario.monitor("second", "SELECT c, k FROM first WHERE c > 0", null);
        scenario.monitor("query", "SELECT k, c + 1 AS d FROM second", null);

        assertThat(scenario.job().plan().valueColumns(2)).containsExactly(1);
    }

    @Test
    void overflowRowsOfSeveralBranchesAreToldApart() {
        Choices.random("keys: overflow", ROUNDS, choices -> {
            MonitorScenario scenario = random(choices);
            scenario.limits(new KernelLimits(1));
            scenario.monitor("query", BY_G_AND_K + " UNION ALL " + BY_G_AND_K, TENS);
            scenario.verifier(OptionalLong.empty()).verify(choices, 2);
        });
    }

    /** Queries whose rows have keys of their own. */
    private static final List<String> NAMED = List.of(
            "SELECT a.c, b.c AS d FROM (" + SETS + ") AS a JOIN (" + SETS + ") AS b ON a.k = b.k",
            "SELECT a.c, b.c AS d FROM (" + SETS + ") AS a LEFT JOIN (" + SETS
                    + ") AS b ON a.g = b.g",
            "SELECT a.c, b.c AS d FROM (" + SETS + " UNION ALL " + SETS + ") AS a LEFT JOIN ("
                    + BY_G_AND_K + " UNION ALL SELECT g, k, c FROM (" + SETS
                    + ")) AS b ON a.c = b.c",
            "SELECT c, place FROM (SELECT c, ROW_NUMBER() OVER (PARTITION BY c ORDER BY c) AS place FROM (SELECT k, c"
                    + " FROM (" + SETS + ") UNION ALL " + BY_K + ")) WHERE place <= 9",
            "SELECT a.c FROM (SELECT l.g, r.c FROM (" + SETS + ") AS l JOIN (" + SETS
                    + ") AS r ON l.c = r.c) AS a JOIN (" + SETS + ") AS b ON a.c = b.c");

    @Test
    void keysOfGroupsNameTheRowsOfJoinsAndRankings() {
        Choices.random("keys: named", ROUNDS, choices -> {
            MonitorScenario scenario = random(choices);
            scenario.monitor(text("query", choices.of(NAMED), TENS));
            check(scenario, choices, true);
        });
    }

    @Test
    void keysOfOtherMonitorsNameTheRowsOfJoinsAndRankings() {
        String pairs = "SELECT a.c, b.c AS d FROM first AS a LEFT JOIN second AS b ON a.c = b.c"
                + " AND a.window_start = b.window_start AND a.window_end = b.window_end";
        String union = "SELECT c FROM first UNION ALL SELECT c FROM first";
        Choices.random("keys: derived", ROUNDS, choices -> {
            MonitorScenario scenario = random(choices);
            String sets = choices.of(SETS, SETS + " UNION ALL " + SETS);
            scenario.monitor(text("first", sets, TENS));
            scenario.monitor(text("second", choices.of(union, "SELECT g, c FROM first"), null));
            scenario.monitor(text("third", pairs, null));
            scenario.monitor(text("query", union.replace("first", "third"), null));
            check(scenario, choices, true);
        });
    }

    @Test
    void rowsThatAreListedAreToldApartByTheirPlace() {
        String tumbling = tumble("events", "ts", 10);
        String onWindow = " ON a.window_start = b.window_start AND a.window_end = b.window_end";
        List<String> queries = List.of(
                "SELECT n, place FROM (SELECT n, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY n)"
                        + " AS place FROM " + tumbling + ") WHERE place <= 2",
                "SELECT a.n, b.k FROM " + tumbling + " AS a JOIN " + tumbling + " AS b" + onWindow
                        + " AND a.k = b.k",
                "SELECT a.n, b.k FROM " + tumbling
                        + " AS a LEFT JOIN (SELECT window_start, window_end, k, COUNT(*) AS c"
                        + " FROM " + tumbling + " GROUP BY window_start, window_end, k) AS b"
                        + onWindow
                        + " AND a.k = b.k",
                "SELECT c, place FROM (SELECT c, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, c ORDER BY k)"
                        + " AS place FROM " + FIRST_IN_MINUTES + ") WHERE place <= 2",
                "SELECT n, k FROM " + tumbling);
        Choices.random("keys: listed", ROUNDS, choices -> {
            MonitorScenario scenario = random(choices);
            scenario.monitor(text("first", SETS + " UNION ALL " + SETS, TENS));
            scenario.monitor(text("query", choices.of(queries), null));
            check(scenario, choices, false);
        });
    }

    private static void check(MonitorScenario scenario, Choices choices, boolean named) {
        JobVerifier verifier = scenario.verifier(OptionalLong.empty());
        int last = verifier.plan().monitors().size() - 1;
        assertThat(verifier.plan().keysNameRows(last)).isEqualTo(named);
        verifier.verify(choices, 2);
    }

    private static MonitorScenario random(Choices choices) {
        TimeSpec time = RandomMonitors.time(choices, STEP, true);
        MonitorScenario scenario =
                new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
        for (int i = choices.between(1, 3); i > 0; i--) {
            scenario.add(RandomMonitors.script(choices, 30, STEP));
        }
        return scenario;
    }

    private static MonitorText text(String name, String sql, @Nullable Windowing window) {
        return new MonitorText(name, sql, window, List.of(), null, null);
    }

    private static String tumble(String name, String time, int seconds) {
        return "TABLE(TUMBLE(TABLE " + name + ", DESCRIPTOR(" + time + "), INTERVAL '" + seconds
                + "' SECOND))";
    }

    private static MonitorScenario scenario() {
        return new MonitorScenario()
                .stream("events", RandomMonitors.EVENTS, 0, TimeSpec.defaults());
    }

    private static void fill(MonitorScenario scenario) {
        Script script = scenario.partition("events");
        script.row(1_000L, "x", 1L, 1L, 1.0, true, null);
        script.row(2_000L, "x", 2L, 2L, 1.0, true, null);
        script.row(3_000L, null, 1L, 3L, 1.0, true, null);
    }

    private static List<String> lines(String sql) {
        return lines(sql, TENS);
    }

    private static List<String> lines(String sql, @Nullable Windowing window) {
        MonitorScenario scenario = scenario();
        scenario.monitor("query", sql, window);
        fill(scenario);
        return ofQuery(scenario, 0);
    }

    private static List<String> ofQuery(MonitorScenario scenario, int monitor) {
        JobVerifier verifier = scenario.verifier(OptionalLong.empty());
        return verifier.verify(Choices.ofSeed(1), 5).results().stream()
                .filter(result -> result.monitor() == monitor)
                .map(result -> Outcome.line(verifier.plan(), result))
                .toList();
    }
}
