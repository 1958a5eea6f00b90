package io.tidewatch.alerting.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alertmanager's own command line finds the same routes, and reads the same matchers. */
class AmtoolTest {
    private static final List<String> MATCHERS = List.of(
            "a=\"x\"",
            "a!=\"x\"",
            "b=~\"x|y\"",
            "b!~\"x|y\"",
            "c=\"\"",
            "c!=\"\"",
            "a=~\"x.*\"",
            "b=~\".*\"");

    @TempDir
    private Path folder = Path.of("");

    private static Path amtool() {
        Optional<Path> found = Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
                .map(path -> Path.of(path, "amtool"))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "skipped: amtool is not installed (Debian package prometheus-alertmanager)");
        return found.orElseThrow();
    }

    /** What it prints, or null if it fails. */
    private static @Nullable String run(List<String> command)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() == 0 ? printed : null;
    }

    private Path configuration(RouteSpec route) throws IOException {
        StringBuilder yaml = new StringBuilder("route:\n").append(Routes.yaml(route, "  "));
        yaml.append("receivers:\n");
        for (String name : List.of("r0", "r1", "r2", "r3", "r4", "r5", "r6")) {
            yaml.append("  - name: ").append(name).append('\n');
        }
        return Files.writeString(folder.resolve("alertmanager.yml"), yaml);
    }

    @Test
    void findsTheSameRoutes() {
        Path amtool = amtool();
        Choices.random("routes are amtool's", 10, choices -> {
            RouteSpec route = tree(choices, 0, new int[] {0}).spec();
            Path configuration = configuration(route);
            for (int i = 0; i < 4; i++) {
                Map<String, String> labels = labels(choices);
                List<String> command = new ArrayList<>(List.of(
                        amtool.toString(),
                        "config",
                        "routes",
                        "test",
                        "--config.file=" + configuration));
                labels.forEach((name, value) -> command.add(name + "=" + value));
                String expected = String.join(
                        ",",
                        new Route(route)
                                .match(labels).stream().map(Route::receiver).toList());
                assertThat(String.valueOf(run(command)).strip()).isEqualTo(expected);
            }
        });
    }

    private static Map<String, String> labels(Choices choices) {
        Map<String, String> labels = new TreeMap<>();
        for (String name : List.of("a", "b", "c")) {
            if (choices.flag()) {
                labels.put(name, choices.of("x", "y", "xy", "z"));
            }
        }
        return labels;
    }

    private static Routes tree(Choices choices, int depth, int[] count) {
        Routes route = Routes.to("r" + count[0]);
        if (depth > 0) {
            route.on(String.join(",", choices.of(MATCHERS), choices.of(MATCHERS)));
            if (choices.flag()) {
                route.passingOn();
            }
        }
        for (int i = choices.upTo(3); i > 0 && depth < 3 && count[0] < 6; i--) {
            count[0]++;
            route.then(tree(choices, depth + 1, count));
        }
        return route;
    }

    /** Of amtool 0.25, which also takes a matcher without a value or second brace; the parser of UTF-8 matchers does not. */
    @Test
    void readsTheSameMatchers() throws IOException, InterruptedException {
        Path amtool = amtool();
        List<String> texts = List.of(
                "a=b",
                "a = b",
                "a=\"b\"",
                "a=~b|c",
                "a!~\"b\"",
                "a",
                "=b",
                "a=~\"(\"",
                "a=\"b",
                "a=\"b\\\"c\"");
        for (String text : texts) {
            String yaml = "route:\n  receiver: r\n  routes:\n    - matchers: ['" + text
                    + "']\nreceivers:\n  - name: r\n";
            Path file = Files.writeString(folder.resolve("one.yml"), yaml);
            boolean isRead =
                    run(List.of(amtool.toString(), "check-config", file.toString())) != null;
            assertThat(isRead).as(text).isEqualTo(isRead(text));
        }
    }

    private static boolean isRead(String text) {
        try {
            return !Routes.matchers(text).isEmpty();
        } catch (MatcherException e) {
            return false;
        }
    }
}
