package io.tidewatch.server.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.yaml.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionTest {
    private static final String STREAM = """
            streams:
              s: {fields: {ts: timestamp, k: string}, time: {field: ts}}
            """;

    private static final String MONITORS = """
            monitors:
              - name: plain
                query: SELECT k, COUNT(DISTINCT ts) AS n FROM s GROUP BY k
                window: 1m
              - name: alerting
                query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
                window: 1m
                alert: {when: n > 1}
            """;

    @Test
    void changesWithTheLimitsOfWhatMonitorsKeep() {
        for (String limit : List.of(
                "keys_per_key_group", "distinct_values", "percentile_buckets", "window_rows")) {
            assertThat(versions("limits: {" + limit + ": 7}\n"))
                    .as(limit)
                    .doesNotContainAnyElementsOf(versions(""));
        }
    }

    @Test
    void changesWithTheLimitsOfAlertsWhereThereIsOne() {
        for (String limit : List.of("alert_keys", "alert_evaluations", "alert_provisionals")) {
            List<String> before = versions("");
            List<String> after = versions("limits: {" + limit + ": 7}\n");

            assertThat(after.get(0)).as(limit).isEqualTo(before.get(0));
            assertThat(after.get(1)).as(limit).isNotEqualTo(before.get(1));
        }
    }

    @Test
    void doesNotChangeWithLimitsThatDecideNothing() {
        assertThat(versions("limits: {table_bytes: 1000000, keys_per_key_group: 20000}\n"))
                .isEqualTo(versions(""));
    }

    @Test
    void doesNotChangeWithWhiteSpaceAndComments() {
        String other = MONITORS.replace("window: 1m", "window: 60s # a minute");

        assertThat(versions("", other)).isEqualTo(versions("", MONITORS));
    }

    private static List<String> versions(String limits) {
        return versions(limits, MONITORS);
    }

    private static List<String> versions(String limits, String monitors) {
        Configuration configuration = new ConfigurationReader(Map.of())
                .parse("f", Path.of("."), (limits + STREAM + monitors).getBytes(UTF_8));
        Problems problems = new Problems();
        return new Compilation(configuration, problems)
                .run(Map.of()).orElseThrow(problems::toException).plan().monitors().stream()
                        .map(MonitorPlan::version)
                        .toList();
    }
}
