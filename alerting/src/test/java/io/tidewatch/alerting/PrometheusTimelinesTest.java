package io.tidewatch.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.alerting.Transition.Kind;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The alert states that Prometheus' own rule engine went through, evaluation by evaluation. */
class PrometheusTimelinesTest {
    private static final String FILE = "alerts/prometheus_timelines.jsonl";

    @TestFactory
    Stream<DynamicTest> statesAndStartsAreThoseOfPrometheus() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : java.nio.file.Files.readAllLines(SharedData.file(FILE))) {
            JsonNode scenario = mapper.readTree(line);
            tests.add(DynamicTest.dynamicTest(
                    scenario.get("id").asText(), () -> checkScenario(scenario)));
        }
        assertThat(tests).hasSize(90);
        return tests.stream();
    }

    private static void checkScenario(JsonNode scenario) {
        long step = seconds(scenario.get("eval_interval_s"));
        AlertSpec spec = spec(scenario, step);
        AlertOperator operator = new AlertOperator(spec, AlertLimits.DEFAULTS, group -> true);
        List<Transition> transitions = new ArrayList<>();
        Map<String, Transition> latest = new TreeMap<>();
        for (int i = 0; i < scenario.get("steps").asInt(); i++) {
            long end = i * step;
            transitions.clear();
            operator.rows(rows(scenario, i, end, step), transitions::add);
            operator.advanceTo(end, transitions::add);
            transitions.forEach(
                    each -> latest.put(String.valueOf(each.alert().key().get("host")), each));
            for (JsonNode instance : scenario.get("instances")) {
                String host = instance.get("instance").asText();
                checkState(instance, i, latest.get(host), scenario.get("id").asText());
            }
        }
    }

    private static AlertSpec spec(JsonNode scenario, long step) {
        AlertPolicy policy = new AlertPolicy(
                seconds(scenario.get("for_s")),
                seconds(scenario.get("keep_firing_for_s")),
                false,
                null,
                NoData.RESOLVE,
                OnAmend.ANNOTATE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
        AlertTiming timing =
                new AlertTiming.Windowed(Windows.tumbling(step, 0), new Lateness(0, 0));
        return new AlertSpec("m", "v", policy, timing, TestRows.KEYS, TestRows.VALUES);
    }

    /** Only instances whose condition holds or that have a sample at all have rows. */
    private static TestRows rows(JsonNode scenario, int i, long end, long step) {
        List<TestRows.Row> rows = new ArrayList<>();
        for (JsonNode instance : scenario.get("instances")) {
            char pattern = instance.get("pattern").asText().charAt(i);
            if (pattern == '1' || pattern == '0') {
                rows.add(TestRows.Row.of(
                        instance.get("instance").asText(), end - step, end, pattern == '1'));
            }
        }
        return new TestRows(rows);
    }

    private static void checkState(
            JsonNode instance, int i, @Nullable Transition latest, String scenario) {
        char expected = instance.get("expected_states").asText().charAt(i);
        String place = scenario + " " + instance.get("instance").asText() + " step " + i;
        assertThat(state(latest)).as(place).isEqualTo(expected);
        JsonNode activeAt = instance.get("expected_active_at_s").get(i);
        if (!activeAt.isNull() && latest != null) {
            assertThat(latest.kind()).isEqualTo(Kind.STATE);
            assertThat(latest.startsAt()).as(place).isEqualTo(seconds(activeAt));
        } else {
            assertThat(expected).as(place).isEqualTo('i');
        }
    }

    private static char state(@Nullable Transition latest) {
        if (latest == null) {
            return 'i';
        }
        return switch (latest.to()) {
            case INACTIVE, RESOLVED -> 'i';
            case PENDING -> 'p';
            case FIRING -> 'f';
        };
    }

    private static long seconds(@Nullable JsonNode node) {
        return node == null || node.isNull() ? 0 : node.asLong() * 1000;
    }
}
