package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.PositionRange;
import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.alerting.Transition;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The places in the log that transitions name, in any number of workers, before and after a restore. */
class PositionsTest {
    private static final int ROUNDS = 40;
    private static final String COUNTS =
            "SELECT k, COUNT(*) AS c FROM events WHERE n > 0 GROUP BY k";

    private interface Contributes {
        boolean to(Transition transition, Event event);
    }

    @Test
    void aWindowHasThoseOfAllItsRows() {
        run(
                "positions: windows",
                new MonitorText("m", COUNTS, tens(), List.of(), "c >= 1", null),
                (transition, event) -> isPositive(event) && isWithin(transition, event));
    }

    @Test
    void aSessionHasThoseOfItsOwnRows() {
        run(
                "positions: sessions",
                new MonitorText(
                        "m", COUNTS, new Windowing.Session(6), List.of(), "MOD(c, 2) = 1", null),
                (transition, event) -> isPositive(event)
                        && isWithin(transition, event)
                        && isOfKey(transition, event));
    }

    @Test
    void aRowWithoutAWindowHasItsOwn() {
        run(
                "positions: rows",
                new MonitorText(
                        "m",
                        "SELECT k, n FROM events WHERE n > 0",
                        null,
                        List.of("k"),
                        "MOD(n, 2) = 1",
                        null),
                (transition, event) -> isPositive(event)
                        && event.at() == transition.at()
                        && isOfKey(transition, event)
                        && isStep(transition, event));
    }

    @Test
    void aLaterLinkHasThoseOfTheWindowsItReads() {
        String counts = "SELECT window_start, window_end, k, COUNT(*) AS c FROM TABLE("
                + "TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                + " WHERE n > 0 GROUP BY window_start, window_end, k";
        run(
                "positions: chain",
                new MonitorText(
                        "m",
                        "SELECT c, COUNT(*) AS s FROM (" + counts
                                + ") GROUP BY window_start, window_end, c",
                        null,
                        List.of(),
                        "s >= 1",
                        null),
                (transition, event) -> isPositive(event) && isWithin(transition, event),
                1_000);
        run(
                "positions: top",
                new MonitorText(
                        "m",
                        "SELECT k, c FROM (SELECT k, c, ROW_NUMBER() OVER (PARTITION BY"
                                + " window_start, window_end ORDER BY c DESC) AS place FROM ("
                                + counts + ")) WHERE place <= 1",
                        null,
                        List.of(),
                        "c >= 1",
                        null),
                (transition, event) -> isPositive(event) && isWithin(transition, event),
                1_000);
    }

    private static Windowing tens() {
        return new Windowing.Grid(Windows.tumbling(10, 0));
    }

    private static boolean isPositive(Event event) {
        return event.get(3) instanceof Long n && n > 0;
    }

    private static boolean isWithin(Transition transition, Event event) {
        return event.at() >= transition.provenance().windowStart()
                && event.at() < transition.provenance().windowEnd();
    }

    private static boolean isOfKey(Transition transition, Event event) {
        return String.valueOf(transition.alert().key().get("k"))
                .equals(String.valueOf(event.get(1)));
    }

    /** Whether the condition of a row is what the transition is about. */
    private static boolean isStep(Transition transition, Event event) {
        return transition.values().get("n") == event.get(3)
                || String.valueOf(transition.values().get("n"))
                        .equals(String.valueOf(event.get(3)));
    }

    private void run(String name, MonitorText text, Contributes contributes) {
        run(name, text, contributes, 1);
    }

    /** @param step how far apart events are, milliseconds, at least */
    private void run(String name, MonitorText text, Contributes contributes, int step) {
        Choices.random(name, ROUNDS, choices -> {
            TimeSpec time = TimeSpec.defaults().withOutOfOrder(20);
            MonitorScenario scenario =
                    new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
            scenario.monitor(text, AlertPolicy.immediate());
            long latest = 1_000;
            for (int i = choices.between(1, 3); i > 0; i--) {
                scenario.partition("events");
            }
            for (int i = choices.upTo(60); i > 0; i--) {
                latest += (long) step * choices.between(1, 6);
                scenario.scripts()
                        .get(choices.upTo(scenario.scripts().size() - 1))
                        .row(RandomMonitors.values(choices, latest));
            }
            Outcome outcome = scenario.verifier(OptionalLong.empty()).verify(choices, 4);
            List<Event> events = Timeline.of(0, time, scenario.scripts()).events();
            for (Transition transition : outcome.transitions()) {
                if (transition.provenance().cause() == Cause.ROW) {
                    assertThat(transition.provenance().positions())
                            .as("%s", Outcome.line(transition))
                            .isEqualTo(
                                    positions(events, event -> contributes.to(transition, event)));
                }
            }
        });
    }

    private static List<PositionRange> positions(List<Event> events, Predicate<Event> which) {
        TreeMap<Integer, PositionRange> ranges = new TreeMap<>();
        for (Event event : events) {
            if (which.test(event)) {
                PositionRange own =
                        new PositionRange(event.partition(), event.offset(), event.offset());
                ranges.merge(
                        event.partition(),
                        own,
                        (left, right) -> new PositionRange(
                                left.partition(),
                                Math.min(left.least(), right.least()),
                                Math.max(left.greatest(), right.greatest())));
            }
        }
        return new ArrayList<>(ranges.values());
    }
}
