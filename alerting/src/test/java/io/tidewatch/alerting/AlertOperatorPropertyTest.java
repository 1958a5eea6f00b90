package io.tidewatch.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.Transition.Kind;
import io.tidewatch.generator.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertOperatorPropertyTest {
    private static final int ROUNDS = 200;

    @Test
    void windowsGiveWhatTheDefinitionsGive() {
        Choices.random("alerts on windows", ROUNDS, choices -> {
            AlertScenario scenario = AlertScenario.windowed(choices, false);
            check(scenario, choices);
        });
    }

    @Test
    void rowsWithoutWindowsGiveWhatTheDefinitionsGive() {
        Choices.random("alerts without windows", ROUNDS, choices -> {
            AlertScenario scenario = AlertScenario.windowless(choices, false);
            check(scenario, choices);
        });
    }

    @Test
    void sessionsGiveWhatTheDefinitionsGive() {
        Choices.random("alerts on sessions", ROUNDS, choices -> {
            AlertScenario scenario = AlertScenario.windowless(choices, true);
            check(scenario, choices);
        });
    }

    @Test
    void afterAmendmentsStandsWhatWouldHaveBeenWithTheAmendedValuesFromTheStart() {
        Choices.random("amended alerts", ROUNDS, choices -> {
            AlertScenario scenario = AlertScenario.windowed(choices, true);
            check(scenario, choices);
        });
    }

    @Test
    void limitsReachedInAnyOrderGiveTheSame() {
        Choices.random("limits of alerts", ROUNDS, choices -> {
            AlertScenario scenario =
                    switch (choices.upTo(2)) {
                        case 0 -> AlertScenario.windowless(choices, choices.flag());
                        case 1 -> AlertScenario.windowed(choices, false);
                        default -> AlertScenario.windowed(choices, true);
                    };
            AlertLimits limits = new AlertLimits(choices.upTo(2), choices.upTo(20), 10);
            List<Transition> plain = new AlertWorkers(scenario, limits, null).run();
            assertSame(scenario, plain, new AlertWorkers(scenario, limits, choices).run());
        });
    }

    @Test
    void provisionalsAreTheSameHoweverEarlyTheyAreSeen() {
        Choices.random("provisionals", ROUNDS, choices -> {
            List<TestRows.Row> rows = new ArrayList<>();
            for (long end = 10; end <= 100; end += 10) {
                for (String host : AlertScenario.HOSTS) {
                    if (choices.flag()) {
                        rows.add(TestRows.Row.of(host, end - 20, end, choices.flag()));
                    }
                }
            }
            assertThat(provisionals(rows, choices)).isEqualTo(provisionals(rows, null));
        });
    }

    private static List<String> provisionals(List<TestRows.Row> rows, @Nullable Choices choices) {
        TestAlert alert = new TestAlert(
                TestAlert.windows(20, 0, 0), new TestAlert.Policy().early().build());
        for (long end = 10; end <= 100; end += 10) {
            long now = end;
            if (choices != null) {
                alert.early(rows.stream()
                        .filter(row -> row.end() >= now && choices.oneIn(4))
                        .toArray(TestRows.Row[]::new));
            }
            alert.at(
                    end,
                    rows.stream().filter(row -> row.end() == now).toArray(TestRows.Row[]::new));
        }
        return alert.all.stream()
                .filter(transition -> transition.kind() == Kind.PROVISIONAL)
                .map(Transition::id)
                .sorted()
                .toList();
    }

    private static void check(AlertScenario scenario, Choices choices) {
        List<Transition> plain = AlertWorkers.run(scenario, null);
        Map<String, List<String>> standing = standing(plain);
        NaiveAlerts.steps(scenario)
                .forEach((alert, steps) -> assertThat(standing.getOrDefault(alert, List.of()))
                        .as(() -> scenario.describe(alert.substring(0, 1)))
                        .isEqualTo(steps));
        assertThat(plain.stream().map(Transition::id)).doesNotHaveDuplicates();
        assertSame(scenario, plain, AlertWorkers.run(scenario, choices));
    }

    private static void assertSame(
            AlertScenario scenario, List<Transition> plain, List<Transition> other) {
        Map<String, List<Transition>> others = byAlert(other);
        byAlert(plain).forEach((alert, transitions) -> assertThat(others.remove(alert))
                .as(() -> scenario.describe(hostOf(transitions)))
                .isEqualTo(transitions));
        assertThat(others).isEmpty();
    }

    /** The transitions of each alert that were not withdrawn, as the naive twin writes them, sorted by time. */
    private static Map<String, List<String>> standing(List<Transition> transitions) {
        Map<String, Transition> standing = new LinkedHashMap<>();
        for (Transition transition : transitions) {
            if (transition.kind() == Kind.WITHDRAWN) {
                assertThat(standing.remove(transition.withdraws())).isNotNull();
            } else if (transition.kind() == Kind.STATE
                    && transition.alert().subject() != Subject.LIMIT) {
                standing.put(transition.id(), transition);
            }
        }
        List<Transition> sorted = new ArrayList<>(standing.values());
        sorted.sort(Comparator.comparingLong(Transition::at));
        Map<String, List<String>> steps = new TreeMap<>();
        for (Transition transition : sorted) {
            String alert = transition.alert().key().get("host") + " "
                    + transition.alert().subject().name().toLowerCase(Locale.ROOT);
            steps.computeIfAbsent(alert, any -> new ArrayList<>())
                    .add(alert + " " + transition.from() + "→" + transition.to() + " "
                            + transition.startsAt() + " " + transition.at());
        }
        return steps;
    }

    private static String hostOf(List<Transition> transitions) {
        return String.valueOf(transitions.get(0).alert().key().get("host"));
    }

    private static Map<String, List<Transition>> byAlert(List<Transition> transitions) {
        Map<String, List<Transition>> byAlert = new TreeMap<>();
        for (Transition transition : transitions) {
            byAlert.computeIfAbsent(transition.alert().fingerprint(), any -> new ArrayList<>())
                    .add(transition);
        }
        return byAlert;
    }
}
