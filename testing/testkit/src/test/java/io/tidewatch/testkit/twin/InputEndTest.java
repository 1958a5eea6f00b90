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
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where time begins for listed keys, and where it ends without {@code --until}: functions of the events alone. */
class InputEndTest {
    private static final int OUT_OF_ORDER = 15;
    private static final long FOREVER = 1_000_000_000;
    private static final String RARE = "SELECT k, COUNT(*) AS c FROM events WHERE n > 8 GROUP BY k";

    @Test
    void anEventThatDoesNotPassWhereBringsTimeForward() {
        MonitorScenario scenario = scenario();
        scenario.monitor(
                new MonitorText("m", RARE, tens(), List.of(), "c >= 1", null),
                policy(new Absence(20, FOREVER, true, List.of())));
        Script script = scenario.partition("events");
        script.row(5L, "a", null, 9L, null, null, null);
        script.row(47L, "b", null, 1L, null, null, null);

        assertThat(transitions(scenario.verifier(OptionalLong.empty()).runAtOnce()))
                .containsExactly(
                        "CONDITION a FIRING at 10",
                        "CONDITION a RESOLVED at 20",
                        "ABSENCE a FIRING at 30");
    }

    @Test
    void aLaterLinkEndsWhereThoseItReadsDo() {
        MonitorScenario scenario = later(tens());
        Script script = scenario.partition("events");
        script.row(5L, "a", null, 9L, null, null, null);
        script.row(47L, "b", null, 1L, null, null, null);

        assertThat(transitions(scenario.verifier(OptionalLong.empty()).runAtOnce()))
                .containsExactly("CONDITION a FIRING at 30", "CONDITION a RESOLVED at 60");
    }

    @Test
    void anEventBetweenWindowsDoesNotBringTheEndForward() {
        MonitorScenario scenario = apart();
        Script script = scenario.partition("events");
        script.row(11L, "a", null, 9L, null, null, null);
        script.row(25L, "b", null, 9L, null, null, null);

        assertThat(transitions(verified(scenario))).containsExactly("CONDITION a FIRING at 12");
    }

    /** The watermark has passed 22 before the end, if one partition holds both events. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatTheWatermarkHasPassedIsOverInAnyPartitioning(int partitions) {
        MonitorScenario scenario = apart();
        Script first = scenario.partition("events");
        first.row(11L, "a", null, 9L, null, null, null);
        Script last = partitions == 1 ? first : scenario.partition("events");
        last.row(65L, "b", null, 9L, null, null, null);

        assertThat(transitions(verified(scenario)))
                .containsExactly("CONDITION a FIRING at 12", "CONDITION a RESOLVED at 22");
    }

    @Test
    void anEventOfAWindowBringsItForwardInWhateverPartitionItIs() {
        MonitorScenario scenario = apart();
        scenario.partition("events").row(11L, "a", null, 9L, null, null, null);
        // It does not pass WHERE.
        scenario.partition("events").row(21L, "b", null, 1L, null, null, null);
        scenario.partition("events").row(38L, "b", null, 9L, null, null, null);

        assertThat(transitions(verified(scenario)))
                .containsExactly("CONDITION a FIRING at 12", "CONDITION a RESOLVED at 22");
    }

    @Test
    void aLateEventOfAWindowBringsItForwardAndAFutureOneDoesNot() {
        MonitorScenario scenario = apart();
        scenario.partition("events").rowAt(0, 11L, "a", null, 9L, null, null, null);
        Script late = scenario.partition("events");
        late.rowAt(0, 58L, "b", null, 9L, null, null, null);
        late.rowAt(0, 31L, "b", null, 9L, null, null, null);
        long ahead = TimeSpec.defaults().aheadMillis();
        late.rowAt(1, ahead + 2, "b", null, 9L, null, null, null);

        Outcome outcome = verified(scenario);
        assertThat(transitions(outcome))
                .containsExactly("CONDITION a FIRING at 12", "CONDITION a RESOLVED at 22");
    }

    @Test
    void aLaterLinkEndsWithTheWindowsItReadsThoughTheyLieApart() {
        MonitorScenario scenario = later(new Windowing.Grid(Windows.hopping(2, 10, 0)));
        scenario.partition("events").row(11L, "a", null, 9L, null, null, null);
        scenario.partition("events").row(65L, "b", null, 9L, null, null, null);

        assertThat(transitions(verified(scenario))).containsExactly("CONDITION a FIRING at 30");
    }

    @Test
    void itIsTheSameInAnyPartitioning() {
        Choices.random("end of input", 60, choices -> {
            List<@Nullable Object[]> rows = rows(choices);
            List<Absence> absences = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<AlertKey> listed = List.of(listed("never"), listed("k0"));
                absences.add(new Absence(choices.between(1, 30), FOREVER, choices.flag(), listed));
            }
            long hop = choices.between(1, 8);
            long size = choices.flag()
                    ? hop * choices.between(1, 3)
                    : choices.between(1, (int) hop * 3);
            Windowing windows = new Windowing.Grid(Windows.hopping(size, hop, 0));
            List<String> together = run(choices, rows, windows, absences, 1);
            List<String> apart = run(choices, rows, windows, absences, choices.between(2, 4));
            assertThat(LineDifference.of(together, apart)).isEmpty();
        });
    }

    @Test
    void aListedKeyIsExpectedFromTheLeastEventTimeOn() {
        Choices.random("origin", 60, choices -> {
            List<@Nullable Object[]> rows = rows(choices);
            long origin = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            for (@Nullable Object[] row : rows) {
                long at = row[0] instanceof Long time ? time : 0;
                origin = Math.min(origin, at);
                greatest = Math.max(greatest, at);
            }
            int after = choices.between(1, 30);
            Absence absence = new Absence(after, FOREVER, false, List.of(listed("never")));
            MonitorScenario scenario = scenario();
            scenario.monitor(
                    new MonitorText(
                            "m", "SELECT k, n FROM events", null, List.of("k"), "n > 1000", null),
                    policy(absence));
            deal(choices, rows, choices.between(1, 4), scenario);
            Outcome outcome = scenario.verifier(OptionalLong.empty()).verify(choices, 3);
            assertThat(transitions(outcome))
                    .filteredOn(line -> line.startsWith("ABSENCE"))
                    .isEqualTo(
                            rows.isEmpty() || origin + after > greatest + 1
                                    ? List.of()
                                    : List.of("ABSENCE never FIRING at " + (origin + after)));
        });
    }

    private static List<String> run(
            Choices choices,
            List<@Nullable Object[]> rows,
            Windowing windows,
            List<Absence> absences,
            int partitions) {
        MonitorScenario scenario = scenario();
        scenario.monitor(
                new MonitorText("grid", RARE, windows, List.of(), "c >= 1", null),
                policy(absences.get(0)));
        scenario.monitor(
                new MonitorText(
                        "rows",
                        "SELECT k, n FROM events WHERE n > 8",
                        null,
                        List.of("k"),
                        "n > 9",
                        null),
                policy(absences.get(1)));
        scenario.monitor("first", RARE, windows);
        scenario.monitor(
                new MonitorText(
                        "second",
                        "SELECT k, SUM(c) AS c FROM first GROUP BY k",
                        tens(),
                        List.of(),
                        "c >= 1",
                        null),
                policy(absences.get(2)));
        deal(choices, rows, partitions, scenario);
        return scenario.verifier(OptionalLong.empty())
                .verify(choices, 2)
                .lines(scenario.job().plan());
    }

    /** A monitor with windows of 2 ms every 10 ms. */
    private static MonitorScenario apart() {
        MonitorScenario scenario = scenario();
        Windowing windows = new Windowing.Grid(Windows.hopping(2, 10, 0));
        scenario.monitor(
                new MonitorText("m", RARE, windows, List.of(), "c >= 1", null), policy(null));
        return scenario;
    }

    /** A monitor with windows of 30 ms over the rows of another. */
    private static MonitorScenario later(Windowing first) {
        MonitorScenario scenario = scenario();
        scenario.monitor("first", RARE, first);
        scenario.monitor(
                new MonitorText(
                        "m",
                        "SELECT k, SUM(c) AS c FROM first GROUP BY k",
                        new Windowing.Grid(Windows.tumbling(30, 0)),
                        List.of(),
                        "c >= 1",
                        null),
                policy(null));
        return scenario;
    }

    /** The same in any number of workers, before and after a restore. */
    private static Outcome verified(MonitorScenario scenario) {
        return scenario.verifier(OptionalLong.empty()).verify(Choices.ofSeed(1), 8);
    }

    private static MonitorScenario scenario() {
        return new MonitorScenario()
                .stream(
                        "events",
                        RandomMonitors.EVENTS,
                        0,
                        TimeSpec.defaults().withOutOfOrder(OUT_OF_ORDER));
    }

    private static Windowing tens() {
        return new Windowing.Grid(Windows.tumbling(10, 0));
    }

    private static AlertPolicy policy(@Nullable Absence absence) {
        return new AlertPolicy(
                0,
                0,
                false,
                absence,
                NoData.RESOLVE,
                OnAmend.IGNORE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
    }

    private static AlertKey listed(String name) {
        return TwinKey.of(List.of(RandomMonitors.EVENTS.field(1)), List.of(true), List.of(name))
                .ofAlert();
    }

    private static List<@Nullable Object[]> rows(Choices choices) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        long latest = 1_000;
        for (int i = choices.upTo(60); i > 0; i--) {
            latest += choices.upTo(6);
            rows.add(RandomMonitors.values(choices, latest - choices.upTo(OUT_OF_ORDER)));
        }
        return rows;
    }

    /** Rows with equal times stay together, so that they keep their order. */
    private static void deal(
            Choices choices, List<@Nullable Object[]> rows, int count, MonitorScenario scenario) {
        for (int i = 0; i < count; i++) {
            scenario.partition("events");
        }
        int salt = choices.upTo(1_000);
        for (@Nullable Object[] row : rows) {
            long at = row[0] instanceof Long time ? time : 0;
            scenario.scripts().get((int) ((at + salt) * 31 % 17 % count)).row(row);
        }
    }

    private static List<String> transitions(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        for (Transition transition : outcome.transitions()) {
            lines.add(transition.alert().subject() + " "
                    + transition.alert().key().get("k") + " " + transition.to() + " at "
                    + transition.at());
        }
        return lines;
    }
}
