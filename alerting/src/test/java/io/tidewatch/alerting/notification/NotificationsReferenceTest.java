package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/reference/notifications.md says what is. */
class NotificationsReferenceTest {
    private static final Routes EXAMPLE = Routes.to("on-call")
            .by("alertname", "region")
            .then(
                    Routes.to("payments")
                            .on("team=payments")
                            .then(Routes.to("payments-page").on("severity=page")),
                    Routes.to("archive").on("severity=~\"page|ticket\"").passingOn(),
                    Routes.to("shop").by("...").on("team=~\"shop|search\""));

    private static String page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/reference/notifications.md"))) {
            root = Objects.requireNonNull(root.getParent(), "no docs above");
        }
        return Files.readString(root.resolve("docs/reference/notifications.md"));
    }

    /** The examples of a section: what stands left and right of the arrow. */
    private static List<String[]> examples(String section) throws IOException {
        String text = page();
        int start = text.indexOf("## " + section + "\n");
        int end = text.indexOf("\n## ", start + 1);
        List<String[]> examples = new ArrayList<>();
        for (String line : text.substring(start, end).lines().toList()) {
            if (line.startsWith("    ") && line.contains(" → ")) {
                examples.add(Arrays.stream(line.split(" → ", 2))
                        .map(String::strip)
                        .toArray(String[]::new));
            }
        }
        assertThat(examples).isNotEmpty();
        return examples;
    }

    @Test
    void matchersAreReadAsShown() throws IOException {
        for (String[] example : examples("Matchers")) {
            assertThat(read(example[0])).as(example[0]).isEqualTo(example[1]);
        }
    }

    private static String read(String text) {
        try {
            return Routes.matchers(text).toString();
        } catch (MatcherException e) {
            return String.valueOf(e.getMessage()).substring("matchers, ".length());
        }
    }

    @Test
    void alertsTakeTheRoutesThatAreShown() throws IOException {
        assertThat(page()).contains("    route:\n" + Routes.yaml(EXAMPLE.spec(), "      "));
        for (String[] example : examples("Routes")) {
            Map<String, String> labels = new TreeMap<>();
            Routes.matchers(example[0])
                    .list()
                    .forEach(matcher -> labels.put(matcher.name(), matcher.value()));
            String receivers = String.join(
                    ", ",
                    new Route(EXAMPLE.spec())
                            .match(labels).stream().map(Route::receiver).toList());
            assertThat(receivers).as(example[0]).isEqualTo(example[1]);
        }
    }

    @Test
    void theGroupKeyIsAsShown() throws IOException {
        Map<String, String> labels =
                Map.of("alertname", "slow", "region", "eu", "team", "payments", "severity", "page");
        Route route = new Route(EXAMPLE.spec()).match(labels).get(0);
        assertThat(page()).contains('`' + route.groupKey(route.groupLabels(labels)) + '`');
    }

    @Test
    void allReasonsAreListed() throws IOException {
        StringBuilder table = new StringBuilder("| reason | the alert |\n| --- | --- |\n");
        for (Reason.Kind kind : Reason.Kind.values()) {
            table.append("| `")
                    .append(kind.word())
                    .append("` | ")
                    .append(kind.text())
                    .append(" |\n");
        }
        assertThat(page()).contains(table);
    }

    @Test
    void theDefaultsOfLimitsAreAsShown() throws IOException {
        NotificationLimits limits = NotificationLimits.DEFAULTS;
        assertThat(page())
                .contains(row("alerts", limits.alertsMax()))
                .contains(row("settled_alerts", limits.settledAlertsMax()))
                .contains(row("groups", limits.groupsMax()))
                .contains(row("group_alerts", limits.groupAlertsMax()))
                .contains(row("delivery_alerts", limits.deliveryAlertsMax()))
                .contains(row("silences", limits.silencesMax()))
                .contains(row("ledger", limits.ledgerMax()))
                .contains(row("reasons", limits.reasonsMax()))
                .contains(row("steps", limits.stepsMax()))
                .contains("| `matchers`, `matchers_length` | " + limits.matchersMax() + ", ");
    }

    private static String row(String name, int limit) {
        return String.format(Locale.ROOT, "| `%s` | %,d |", name, limit);
    }
}
