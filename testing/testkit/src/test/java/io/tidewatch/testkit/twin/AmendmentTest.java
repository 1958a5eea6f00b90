package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AmendmentTest {
    private static final Field KEY = new Field("k", Type.VARCHAR);
    private static final Schema EVENTS =
            Schema.of(new Field("ts", Type.TIMESTAMP), KEY, new Field("n", Type.BIGINT));
    private static final TimeSpec TIME =
            TimeSpec.defaults().withOutOfOrder(0).withAllowedLateness(100);
    private static final Windowing TENS = new Windowing.Grid(Windows.tumbling(10, 0));

    @Test
    void aRowThatCannotBeComputedAnyMoreIsWithdrawnAsItWas() {
        MonitorScenario scenario = new MonitorScenario().stream("events", EVENTS, 0, TIME);
        scenario.monitor("sum", "SELECT k, SUM(n) AS s FROM events GROUP BY k", TENS);
        scenario.partition("events")
                .row(1L, "a", Long.MAX_VALUE)
                .row(20L, "b", 1L)
                .row(2L, "a", 1L)
                .row(200L, "b", 1L);

        assertThat(lines(scenario))
                .containsExactly(
                        "sum {k=a} [0, 10) #0 FINAL [a, 9223372036854775807]",
                        "sum {k=a} [0, 10) #1 WITHDRAWN [a, 9223372036854775807]",
                        "sum {k=b} [20, 30) #0 FINAL [b, 1]",
                        "sum {k=b} [200, 210) #0 FINAL [b, 1]");
    }

    @Test
    void anOverflowRowIsAmendedOnlyWhenItsOwnKeyGroupChanges() {
        List<List<String>> pairs = keysInOneKeyGroup();
        MonitorScenario scenario =
                new MonitorScenario().stream("events", EVENTS, 0, TIME).limits(new KernelLimits(1));
        scenario.monitor("count", "SELECT k, COUNT(*) AS c FROM events GROUP BY k", TENS);
        Script script = scenario.partition("events");
        for (List<String> pair : pairs) {
            pair.forEach(key -> script.row(1L, key, 0L));
        }
        script.row(20L, pairs.get(0).get(0), 0L);
        script.row(2L, pairs.get(0).get(1), 0L);
        script.row(200L, pairs.get(0).get(0), 0L);

        int changed = key(pairs.get(0).get(0)).keyGroup();
        assertThat(lines(scenario).stream().filter(line -> line.contains("#1")))
                .containsExactly("count overflow of " + changed + " [0, 10) #1 OVERFLOW [null, 2]");
    }

    private static List<String> lines(MonitorScenario scenario) {
        return scenario.verifier(OptionalLong.empty())
                .verify(Choices.ofSeed(1), 12)
                .lines(scenario.job().plan());
    }

    /** Two pairs of keys, each in a key group of its own; the second key of a pair is the one that is folded. */
    private static List<List<String>> keysInOneKeyGroup() {
        Map<Integer, List<TwinKey>> groups = IntStream.range(0, 1_000)
                .mapToObj(i -> key("key" + i))
                .collect(Collectors.groupingBy(
                        TwinKey::keyGroup, TreeMap::new, Collectors.toList()));
        List<List<String>> pairs = new ArrayList<>();
        for (List<TwinKey> keys : groups.values()) {
            if (keys.size() > 1 && pairs.size() < 2) {
                pairs.add(keys.stream()
                        .sorted()
                        .limit(2)
                        .map(key -> (String) key.values().get(0))
                        .toList());
            }
        }
        return pairs;
    }

    private static TwinKey key(String key) {
        return TwinKey.of(List.of(KEY), List.of(true), List.of(key));
    }
}
