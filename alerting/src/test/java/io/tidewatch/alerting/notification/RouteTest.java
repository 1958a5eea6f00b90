package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static List<String> paths(Routes root, Map<String, String> labels) {
        return new Route(root.spec()).match(labels).stream().map(Route::path).toList();
    }

    @Test
    void anAlertThatNoRouteBelowMatchesStaysAtTheTop() {
        Routes root = Routes.to("all").then(Routes.to("a").on("team=a"));
        assertThat(paths(root, Map.of("team", "b"))).containsExactly("route");
    }

    @Test
    void theDeepestMatchCounts() {
        Routes root = Routes.to("all")
                .then(Routes.to("a").on("team=a").then(Routes.to("page").on("severity=page")));
        assertThat(paths(root, Map.of("team", "a", "severity", "page")))
                .containsExactly("route.routes[0].routes[0]");
        assertThat(paths(root, Map.of("team", "a"))).containsExactly("route.routes[0]");
        assertThat(paths(root, Map.of("severity", "page"))).containsExactly("route");
    }

    @Test
    void theFirstMatchEndsTheSearchUnlessItContinues() {
        Routes ends =
                Routes.to("all").then(Routes.to("a").on("x=1"), Routes.to("b").on("y=1"));
        Routes continues = Routes.to("all")
                .then(Routes.to("a").on("x=1").passingOn(), Routes.to("b").on("y=1"));
        Map<String, String> both = Map.of("x", "1", "y", "1");
        assertThat(paths(ends, both)).containsExactly("route.routes[0]");
        assertThat(paths(continues, both)).containsExactly("route.routes[0]", "route.routes[1]");
        assertThat(paths(continues, Map.of("x", "1"))).containsExactly("route.routes[0]");
    }

    @Test
    void aRouteHasWhatTheRouteAboveHas() {
        Routes root = Routes.to("all").by("a").every(1, 2, 3).mutedIn("night").withHistorical(true);
        Route below = new Route(root.then(Routes.to(null).on("x=1")).spec())
                .match(Map.of("x", "1"))
                .get(0);
        assertThat(below.receiver()).isEqualTo("all");
        assertThat(below.groupLabels(Map.of("a", "1", "b", "2"))).isEqualTo(Map.of("a", "1"));
        assertThat(below.groupWaitMillis()).isEqualTo(1);
        assertThat(below.groupIntervalMillis()).isEqualTo(2);
        assertThat(below.repeatIntervalMillis()).isEqualTo(3);
        assertThat(below.historical()).isTrue();
        assertThat(below.spec().muteTimeIntervals()).isEmpty();
    }

    @Test
    void theDefaultsAreAlertmanagers() {
        Route root = new Route(Routes.to("all").spec());
        assertThat(root.groupWaitMillis()).isEqualTo(30_000);
        assertThat(root.groupIntervalMillis()).isEqualTo(300_000);
        assertThat(root.repeatIntervalMillis()).isEqualTo(14_400_000);
        assertThat(root.groupLabels(Map.of("a", "1"))).isEmpty();
        assertThat(root.historical()).isFalse();
    }

    @Test
    void groupKeysAreAlertmanagers() {
        Route root = new Route(Routes.to("all")
                .by("...")
                .then(Routes.to("a").on("team=~\"a|b\",severity=page"))
                .spec());
        Route below = root.match(Map.of("team", "a", "severity", "page")).get(0);
        assertThat(root.groupKey(new TreeMap<>())).isEqualTo("{}:{}");
        assertThat(below.groupKey(new TreeMap<>(Map.of("b", "x\"y\\z\n", "a", "ä"))))
                .isEqualTo("{}/{severity=\"page\",team=~\"a|b\"}:{a=\"ä\", b=\"x\\\"y\\\\z\\n\"}");
    }

    @Test
    void groupByAllTakesAllLabels() {
        Route root = new Route(Routes.to("all").by("...").spec());
        assertThat(root.groupLabels(Map.of("a", "1", "b", "2")))
                .isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void mistakesHavePlaces() {
        Routes bad = Routes.to(null)
                .on("a=b")
                .passingOn()
                .by("...", "x")
                .every(-1, 0, 0)
                .mutedIn("night")
                .then(Routes.to("nobody").by("x", "x"));
        NotificationSpec spec = new NotificationSpec(
                bad.spec(), List.of(new Receiver("a", List.of()), new Receiver("a", List.of())));
        assertThat(spec.problems().stream().map(NotificationProblem::path))
                .containsExactly(
                        "receivers",
                        "route.receiver",
                        "route.matchers",
                        "route.continue",
                        "route.mute_time_intervals",
                        "route.group_by",
                        "route.group_wait",
                        "route.group_interval",
                        "route.repeat_interval",
                        "route.mute_time_intervals",
                        "route.routes[0].receiver",
                        "route.routes[0].group_by",
                        "route.routes[0].group_wait",
                        "route.routes[0].group_interval",
                        "route.routes[0].repeat_interval");
    }
}
