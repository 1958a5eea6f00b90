package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Absence;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events dealt to partitions in any way give the same results and transitions when nothing is late. */
class PartitioningTest {
    private static final int OUT_OF_ORDER = 12;

    @Test
    void anyPartitioningGivesTheSameWhenNothingIsLate() {
        Choices.random("partitioning", 60, choices -> {
            List<@Nullable Object[]> rows = rows(choices);
            Monitors monitors = monitors(choices);
            // Both run to the same end.
            OptionalLong until = OptionalLong.of(1_500 + choices.upTo(50));
            List<Script> together = deal(choices, rows, 1);
            List<Script> apart = deal(choices, rows, choices.between(2, 4));
            List<String> expected = lines(choices, monitors, together, until);
            List<String> dealt = lines(choices, monitors, apart, until);
            assertThat(LineDifference.of(expected, dealt)).isEmpty();
            Bits.record("partitioning", String.join("\n", dealt));
        });
    }

    /** What runs in both: the texts of monitors and their alerts. */
    private record Monitors(
            List<MonitorText> texts, List<AlertPolicy> policies, KernelLimits limits) {}

    private static Monitors monitors(Choices choices) {
        KernelLimits limits = new KernelLimits(choices.of(1, 2, 1_000));
        List<MonitorText> texts = new ArrayList<>();
        texts.add(grouped("grid", TwinWindows.any(choices).windowing(), choices));
        texts.add(grouped("session", new Windowing.Session(choices.between(1, 12)), choices));
        texts.add(new MonitorText(
                "rows",
                "SELECT k, n, v FROM events WHERE n > 0",
                null,
                List.of("k"),
                "n > 4",
                null));
        return new Monitors(
                texts,
                List.of(
                        policy(choices, choices.of(NoData.values()), true),
                        policy(choices, NoData.RESOLVE, false),
                        policy(choices, NoData.RESOLVE, true)),
                limits);
    }

    private static MonitorText grouped(String name, Windowing windowing, Choices choices) {
        String when = choices.of("a0 >= 2", "a0 < 3", "MOD(a0, 2) = 0");
        String clear = choices.flag() ? null : "a0 = 1";
        String sql = RandomMonitors.query(choices).sql();
        return new MonitorText(name, sql, windowing, List.of(), when, clear);
    }

    private static AlertPolicy policy(Choices choices, NoData noData, boolean absence) {
        return new AlertPolicy(
                choices.of(0, 5, 12),
                choices.of(0, 7),
                false,
                absence && choices.flag()
                        ? new Absence(choices.between(1, 30), 200, true, List.of())
                        : null,
                noData,
                OnAmend.ANNOTATE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
    }

    private static List<String> lines(
            Choices choices, Monitors monitors, List<Script> partitions, OptionalLong until) {
        TimeSpec time = TimeSpec.defaults().withOutOfOrder(OUT_OF_ORDER);
        MonitorScenario scenario = new MonitorScenario()
                .stream("events", RandomMonitors.EVENTS, 0, time).limits(monitors.limits());
        for (int i = 0; i < monitors.texts().size(); i++) {
            scenario.monitor(monitors.texts().get(i), monitors.policies().get(i));
        }
        partitions.forEach(scenario::add);
        return scenario.verifier(until).verify(choices, 2).lines(scenario.job().plan());
    }

    /** Rows as they arrive: each at most as much behind the latest as is on time. */
    private static List<@Nullable Object[]> rows(Choices choices) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        long latest = 1_000;
        for (int i = choices.upTo(80); i > 0; i--) {
            long at =
                    choices.flag() ? latest + choices.upTo(6) : latest - choices.upTo(OUT_OF_ORDER);
            latest = Math.max(latest, at);
            rows.add(RandomMonitors.values(choices, at));
        }
        return rows;
    }

    /** Deals rows; those with equal times stay together, so that they keep their order. */
    private static List<Script> deal(
            Choices choices, List<@Nullable Object[]> rows, int partitionCount) {
        List<Script> scripts = new ArrayList<>();
        for (int i = 0; i < partitionCount; i++) {
            scripts.add(new Script(0, RandomMonitors.EVENTS, 0));
        }
        long salt = choices.upTo(1_000);
        for (@Nullable Object[] row : rows) {
            long time = row[0] instanceof Long at ? at : 0;
            int partition = Math.floorMod((time + salt) * 31 % 17, partitionCount);
            scripts.get(partition).row(row);
        }
        return scripts;
    }
}
