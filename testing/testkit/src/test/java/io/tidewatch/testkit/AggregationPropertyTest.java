package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.Absence;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.alerting.AlertTiming;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.KeyFields;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.engine.embedded.AlertTimings;
import io.tidewatch.engine.embedded.Job;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.expression.ComparisonOperator;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.TopN;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AggregationPropertyTest {
    private static final Schema EVENTS = Schema.of(
            new Field("ts", Type.TIMESTAMP),
            new Field("k", Type.VARCHAR),
            new Field("v", Type.DOUBLE));

    @Test
    void noCutOfTheLogChangesWindowsOnAGrid() {
        Choices.random("cuts: grid", 150, choices -> {
            long hop = choices.between(1, 12);
            verify(new Windowing.Grid(Windows.hopping(choices.between(1, 30), hop, 0)), choices);
        });
    }

    @Test
    void noCutOfTheLogChangesSessions() {
        Choices.random("cuts: sessions", 150, choices -> {
            verify(new Windowing.Session(choices.between(1, 12)), choices);
        });
    }

    private static void verify(Windowing windowing, Choices choices) {
        TimeSpec time = TimeSpec.defaults().withOutOfOrder(choices.upTo(5));
        if (windowing instanceof Windowing.Grid && choices.flag()) {
            time = time.withAllowedLateness(choices.between(1, 20), choices.between(1, 10));
        }
        KernelLimits limits = new KernelLimits(choices.oneIn(3) ? 1 : 1_000);
        List<Script> scripts = new ArrayList<>();
        for (int partition = choices.between(1, 3); partition > 0; partition--) {
            scripts.add(script(choices));
        }
        JobPlan plan = plan(windowing, time, limits);
        Job job = new Job(plan, Arrays.asList(alert(plan, choices), null));
        Outcome outcome = new JobVerifier(job, scripts, OptionalLong.empty()).verify(choices, 4);
        if (limits.keysPerKeyGroupMax() > 1) {
            List<String> groups = outcome.results().stream()
                    .filter(result -> result.monitor() == 0)
                    .map(AggregationPropertyTest::text)
                    .sorted()
                    .toList();
            assertThat(groups).isEqualTo(NaiveWindows.results(windowing, time, scripts));
        }
    }

    private static String text(Result result) {
        return NaiveWindows.text(
                result.values().get(0),
                result.windowStart(),
                result.windowEnd(),
                result.revision(),
                (Long) result.values().get(1));
    }

    /** An alert on "n >= 2", cleared by "n < 2" or by less. */
    private static AlertSpec alert(JobPlan plan, Choices choices) {
        AlertTiming timing = AlertTimings.of(plan, 0);
        boolean windowed = timing instanceof AlertTiming.Windowed;
        AlertPolicy policy = new AlertPolicy(
                choices.of(0, 5, 12),
                choices.of(0, 7),
                true,
                windowed && choices.flag()
                        ? new Absence(choices.between(1, 30), 100, true, List.of())
                        : null,
                windowed ? choices.of(NoData.values()) : NoData.RESOLVE,
                choices.of(OnAmend.values()),
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
        return new AlertSpec(
                "groups",
                "1",
                policy,
                timing,
                new KeyFields(plan.keySchema(0)),
                plan.monitors().get(0).rowSchema());
    }

    private static Script script(Choices choices) {
        Script script = new Script(0, EVENTS, 0);
        long now = 1_000;
        for (int i = choices.upTo(60); i > 0; i--) {
            now += choices.upTo(4);
            String key = choices.oneIn(8) ? null : "k" + choices.upTo(5);
            script.row(
                    now - choices.upTo(25),
                    key,
                    choices.of(0.1, 1e308, -1e308, Double.MIN_VALUE, -0.0, 3.0));
        }
        return script;
    }

    private static JobPlan plan(Windowing windowing, TimeSpec time, KernelLimits limits) {
        Expression key = Expressions.column(1, Type.VARCHAR);
        Expression value = Expressions.column(2, Type.DOUBLE);
        LinkInput input = new LinkInput(
                new RowSource.OfStream("events"), null, List.of(), null, List.of(key, value));
        Aggregation aggregation = new Aggregation(
                windowing,
                -1,
                1,
                List.of(List.of(0)),
                List.of(
                        new AggregateColumn(
                                AggregateFunction.COUNT.resolve(
                                        List.of(), false, List.of(), AggregateLimits.DEFAULT),
                                List.of(),
                                -1),
                        new AggregateColumn(
                                AggregateFunction.SUM.resolve(
                                        List.of(Type.DOUBLE),
                                        false,
                                        List.of(),
                                        AggregateLimits.DEFAULT),
                                List.of(1),
                                -1)),
                false);
        OutputColumn k = new OutputColumn("k", Expressions.column(0, Type.VARCHAR));
        OutputColumn n = new OutputColumn("n", Expressions.column(2, Type.BIGINT));
        OutputColumn s = new OutputColumn("s", Expressions.column(3, Type.DOUBLE));
        Link groups = new Link(
                List.of(input), aggregation, new LinkOutput(null, List.of(k, n, s), List.of(k)));
        LinkInput ranked = new LinkInput(
                new RowSource.OfLink(0),
                null,
                List.of(),
                null,
                List.of(Expressions.column(0, Type.VARCHAR), Expressions.column(1, Type.BIGINT)));
        OutputColumn rank = new OutputColumn("rank", Expressions.column(2, Type.BIGINT));
        OutputColumn count = new OutputColumn("n", Expressions.column(1, Type.BIGINT));
        Link top = new Link(
                List.of(ranked),
                new TopN(List.of(), List.of(new TopN.Order(1, true, false)), 2),
                new LinkOutput(null, List.of(k, count, rank), List.of()));
        Expression counted = Expressions.column(1, Type.BIGINT);
        Expression two = Expressions.literal(Type.BIGINT, 2L);
        Expression when = Expressions.comparison(ComparisonOperator.GREATER_OR_EQUAL, counted, two);
        Expression clear = Expressions.comparison(ComparisonOperator.LESS, counted, two);
        return JobPlan.of(
                List.of(new StreamPlan("events", EVENTS, 0, time, null)),
                Map.of(),
                List.of(
                        new MonitorPlan(
                                "groups", "1", List.of(groups), List.of(0), when, clear, false),
                        new MonitorPlan(
                                "top", "1", List.of(groups, top), List.of(1), null, null, false)),
                limits);
    }
}
