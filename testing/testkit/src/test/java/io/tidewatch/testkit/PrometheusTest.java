package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.alerting.Transition;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Alerts on samples as Prometheus gives them, from the samples to the states at every evaluation. Samples are scraped just
 * before the evaluation that sees them.
 */
class PrometheusTest {
    private static final Schema SAMPLES = Schema.of(
            new Field("ts", Type.TIMESTAMP),
            new Field("instance", Type.VARCHAR),
            new Field("value", Type.DOUBLE));

    /**
     * A rule on {@code value > threshold}.
     *
     * @param lookBackMillis how old a sample may be, a multiple of the step
     * @param samples per instance one per evaluation, as text; a point where there is none
     */
    private record Rule(
            long stepMillis,
            long lookBackMillis,
            long forMillis,
            long keepFiringForMillis,
            double threshold,
            Map<String, List<String>> samples) {
        /** Per instance the state at each evaluation, as {@link PrometheusRule} writes it. */
        Map<String, List<String>> states(Choices choices) {
            MonitorScenario scenario = scenario();
            int count = samples.values().iterator().next().size();
            for (int i = 0; i < count; i++) {
                for (Map.Entry<String, List<String>> instance : samples.entrySet()) {
                    String sample = instance.getValue().get(i);
                    if (!sample.equals(".")) {
                        scenario.scripts()
                                .get(choices.upTo(1))
                                .row(i * stepMillis - 1, instance.getKey(), Double.valueOf(sample));
                    }
                }
            }
            long end = (count - 1) * stepMillis;
            Outcome outcome = scenario.verifier(OptionalLong.of(end)).verify(choices, 2);
            Map<String, List<String>> states = new TreeMap<>();
            samples.keySet()
                    .forEach(name -> states.put(name, states(name, count, outcome.transitions())));
            return states;
        }

        private MonitorScenario scenario() {
            MonitorScenario scenario = new MonitorScenario()
                    .stream("samples", SAMPLES, 0, TimeSpec.defaults().withOutOfOrder(0));
            AlertPolicy policy = new AlertPolicy(
                    forMillis,
                    keepFiringForMillis,
                    false,
                    null,
                    NoData.RESOLVE,
                    OnAmend.ANNOTATE,
                    Mode.PAGE,
                    Evaluate.FINAL,
                    Map.of(),
                    Map.of());
            scenario.monitor(
                    new MonitorText(
                            "rule",
                            "SELECT instance, LAST_VALUE(value) AS value FROM samples GROUP BY instance",
                            new Windowing.Grid(Windows.hopping(lookBackMillis, stepMillis, 0)),
                            List.of(),
                            "value > " + threshold,
                            null),
                    policy);
            scenario.partition("samples");
            scenario.partition("samples");
            return scenario;
        }

        private List<String> states(String instance, int count, List<Transition> transitions) {
            List<String> states = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String state = "i";
                for (Transition each : transitions) {
                    if (instance.equals(each.alert().key().get("instance"))
                            && each.at() <= i * stepMillis) {
                        state = switch (each.to()) {
                            case INACTIVE, RESOLVED -> "i";
                            case PENDING -> "p " + each.startsAt();
                            case FIRING -> "f " + each.startsAt();
                        };
                    }
                }
                states.add(state);
            }
            return states;
        }

        private String latest(List<String> values, int i) {
            int first = Math.max(0, i - (int) (lookBackMillis / stepMillis) + 1);
            for (int at = i; at > first; at--) {
                if (!values.get(at).equals(".")) {
                    return values.get(at);
                }
            }
            return values.get(first);
        }

        /** What Prometheus documents. */
        Map<String, List<String>> documented() {
            Map<String, List<String>> all = new TreeMap<>();
            samples.forEach((instance, values) -> {
                PrometheusRule rule = new PrometheusRule(forMillis, keepFiringForMillis);
                List<String> states = new ArrayList<>();
                for (int i = 0; i < values.size(); i++) {
                    String value = latest(values, i);
                    boolean holds = !value.equals(".") && Double.parseDouble(value) > threshold;
                    states.add(rule.evaluate(holds, i * stepMillis));
                }
                all.put(instance, states);
            });
            return all;
        }
    }

    @Test
    void samplesHaveTheStatesThatPrometheusItselfGaveThem() throws IOException {
        List<JsonNode> scenarios = SharedData.jsonLines("alerts/prometheus_timelines.jsonl");
        for (JsonNode scenario : scenarios) {
            Rule rule = rule(scenario);
            Map<String, List<String>> expected = new TreeMap<>();
            for (JsonNode instance : scenario.get("instances")) {
                List<String> states = new ArrayList<>();
                for (int i = 0; i < scenario.get("steps").asInt(); i++) {
                    char state = instance.get("expected_states").asText().charAt(i);
                    JsonNode since = instance.get("expected_active_at_s").get(i);
                    states.add(state == 'i' ? "i" : state + " " + since.asLong() * 1_000);
                }
                expected.put(instance.get("instance").asText(), states);
            }
            String id = scenario.get("id").asText();
            assertThat(rule.documented()).as(id).isEqualTo(expected);
            assertThat(rule.states(Choices.ofSeed(id.hashCode()))).as(id).isEqualTo(expected);
        }
        assertThat(scenarios).hasSize(90);
    }

    private static Rule rule(JsonNode scenario) {
        Map<String, List<String>> samples = new TreeMap<>();
        for (JsonNode instance : scenario.get("instances")) {
            List<String> values = new ArrayList<>();
            for (JsonNode value : instance.get("samples")) {
                // "stale" ends the series, so that "_", where nothing was scraped, is no older
                // sample.
                values.add(value.asText().replaceFirst("stale|_", "."));
            }
            samples.put(instance.get("instance").asText(), values);
        }
        return new Rule(
                scenario.get("eval_interval_s").asLong() * 1_000,
                scenario.get("eval_interval_s").asLong() * 1_000,
                scenario.get("for_s").asLong() * 1_000,
                scenario.get("keep_firing_for_s").asLong() * 1_000,
                scenario.get("threshold").asDouble(),
                samples);
    }

    /** Evaluations are 10 s apart; samples are 1 where the condition holds, 0 where it does not, a point where there is none. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "fires at once without for                | 0  | 0  | 0110 | iffi",
                "for shorter than the distance waits one  | 1  | 0  | 0110 | ipfi",
                "for as long as the distance              | 10 | 0  | 0110 | ipfi",
                "for a little longer waits another        | 11 | 0  | 01110 | ippfi",
                "a gap of one begins for anew             | 20 | 0  | 11011101 | ppippfip",
                "a missing sample begins for anew         | 20 | 0  | 11.1111 | ppippff",
                "a missing sample ends a firing alert     | 10 | 0  | 111.11 | pffipf",
                "keep_firing_for does not help pending    | 20 | 60 | 1101110 | ppippff",
                "kept as long as it is less               | 0  | 20 | 1000000 | fffiiii",
                "kept when it is not a multiple           | 0  | 15 | 100000 | fffiii",
                "kept when shorter than the distance      | 0  | 5  | 1000 | ffii",
                "kept as long as the distance             | 0  | 10 | 1000 | ffii",
                "kept over missing samples                | 0  | 30 | 1..0.. | ffffii",
                "kept anew after it held again            | 0  | 20 | 10100100 | ffffffff",
                "held again at the end of what is kept    | 0  | 20 | 10010001 | ffffffif",
                "both, and again                          | 20 | 20 | 111000111000 | ppfffippfffi",
                "for longer than all evaluations          | 999 | 0 | 1111111111 | pppppppppp",
                "kept longer than all evaluations         | 0 | 999 | 1000000000 | ffffffffff",
                "never a sample                           | 0  | 0  | ..... | iiiii",
                "active at the first evaluation           | 10 | 10 | 1.1.1 | pipip"
            })
    void statesAreThoseOfTheDocumentedRule(
            String name, long forSeconds, long keepSeconds, String pattern, String states) {
        Rule rule = new Rule(
                10_000,
                10_000,
                forSeconds * 1_000,
                keepSeconds * 1_000,
                0.5,
                Map.of("h", List.of(pattern.split(""))));
        StringBuilder actual = new StringBuilder();
        rule.states(Choices.ofSeed(3)).forEach((host, all) -> {
            all.forEach(state -> actual.append(state.charAt(0)));
        });
        assertThat(actual.toString()).isEqualTo(states);
        assertThat(rule.states(Choices.ofSeed(4))).isEqualTo(rule.documented());
    }

    @Test
    void anyRuleHasTheDocumentedStates() {
        Choices.random("prometheus", 150, choices -> {
            long step = choices.of(1L, 1_000L, 7_000L, 15_000L, 300_000L, 3_600_000L);
            int count = choices.of(1, 2, 20, 60, 200);
            Map<String, List<String>> samples = new TreeMap<>();
            for (int host = choices.between(1, 4); host > 0; host--) {
                samples.put("h" + host, samples(choices, count));
            }
            Rule rule = new Rule(
                    step,
                    step * choices.of(1, 1, 2, 5),
                    duration(choices, step),
                    duration(choices, step),
                    10,
                    samples);
            assertThat(rule.states(choices)).isEqualTo(rule.documented());
        });
    }

    private static long duration(Choices choices, long step) {
        return switch (choices.upTo(3)) {
            case 0 -> 0;
            case 1 -> step * choices.between(1, 5);
            case 2 -> step * choices.upTo(5) + choices.upTo((int) step);
            default -> step * 1_000;
        };
    }

    /** Runs of samples above, at and below the threshold, and of none. */
    private static List<String> samples(Choices choices, int count) {
        List<String> samples = new ArrayList<>();
        while (samples.size() < count) {
            List<String> values = choices.of(
                    List.of("10.000000000000002", "11", "1e300", "Infinity"),
                    List.of("10", "9.999999999999998", "0", "-0.0", "-Infinity"),
                    List.of("."));
            for (int i = choices.between(1, 6); i > 0 && samples.size() < count; i--) {
                samples.add(choices.of(values));
            }
        }
        return samples;
    }
}
