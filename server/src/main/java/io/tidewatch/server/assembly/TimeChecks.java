package io.tidewatch.server.assembly;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Growth;
import io.tidewatch.kernel.expression.LaterFailure;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.type.TypeKind;
import io.tidewatch.server.config.AlertConfig;
import io.tidewatch.server.config.MonitorConfig;
import io.tidewatch.server.config.WindowConfig;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a monitor and the time of its streams cannot do together. */
final class TimeChecks {
    private final JobPlan plan;
    private final Problems problems;
    private final List<String> warnings;

    TimeChecks(JobPlan plan, Problems problems, List<String> warnings) {
        this.plan = plan;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** Complains and warns about one monitor of the plan. */
    void check(int monitor, MonitorConfig config) {
        Optional<String> amended = plan.streamsOf(monitor).stream()
                .map(stream -> plan.streams().get(stream))
                .filter(stream -> stream.time().allowedLatenessMillis() > 0)
                .map(StreamPlan::name)
                .findFirst();
        boolean sessions = IntStream.range(
                        0, plan.monitors().get(monitor).branches().size())
                .mapToObj(branch -> plan.windowing(monitor, branch))
                .flatMap(Optional::stream)
                .anyMatch(windowing -> windowing instanceof Windowing.Session);
        Place place = config.window().map(WindowConfig::place).orElse(config.place());
        if (sessions && amended.isPresent()) {
            problems.add(
                    place,
                    "sessions are not amended, but stream '" + amended.get()
                            + "' has allowed_lateness; remove it, or use other windows");
        } else if (amended.isPresent() && readsLinks(plan.monitors().get(monitor))) {
            warnings.add(config.place() + ": monitor '" + config.name()
                    + "' reads results, of which it sees the first revision alone; amendments of stream '"
                    + amended.get() + "' are late for it");
        }
        config.alert()
                .filter(alert -> plan.monitors().get(monitor).early())
                .ifPresent(alert -> early(monitor, alert));
    }

    private static boolean readsLinks(MonitorPlan monitor) {
        return monitor.links().stream()
                .flatMap(link -> link.inputs().stream())
                .anyMatch(input -> !(input.source() instanceof RowSource.OfStream));
    }

    /** A condition that is judged before a window closes must stay TRUE whatever comes. */
    private void early(int monitor, AlertConfig alert) {
        MonitorPlan monitorPlan = plan.monitors().get(monitor);
        for (int branch : monitorPlan.branches()) {
            earlyProblem(monitorPlan, monitorPlan.links().get(branch))
                    .ifPresent(problem -> problems.add(
                            alert.when().map(when -> when.place()).orElse(alert.place()),
                            "evaluate: early: " + problem));
        }
    }

    private static Optional<String> earlyProblem(MonitorPlan monitor, Link link) {
        if (link.shape() instanceof Rows rows && !rows.keepsWindow()) {
            return Optional.empty();
        }
        boolean direct = link.inputs().stream()
                .allMatch(input -> input.source() instanceof RowSource.OfStream);
        if (!(link.shape() instanceof Aggregation aggregation) || !direct) {
            return Optional.of(
                    "only for an aggregation of a stream, without joins of windows and top-N");
        }
        if (!(aggregation.windowing() instanceof Windowing.Grid)) {
            return Optional.of("not for sessions");
        }
        if (link.output().having() != null) {
            return Optional.of("not with HAVING");
        }
        Expression when = monitor.when();
        IntFunction<Growth> growth = column -> growth(link, aggregation, column);
        if (when != null && !Growth.staysTrue(when, growth)) {
            return Optional.of(
                    "the condition may become false again as events are added; only lower bounds of COUNT and"
                            + " MAX, upper bounds of MIN, BOOL_OR and NOT BOOL_AND stay true");
        }
        return laterFailure(link, aggregation)
                .or(() -> conditionFailure(when, monitor.clear(), growth))
                .map(problem ->
                        problem + " (what fails before the window closes has no provisional)");
    }

    /** What makes a row that has been shown fail as events are added. */
    private static Optional<String> laterFailure(Link link, Aggregation aggregation) {
        for (OutputColumn column : link.output().columns()) {
            Optional<String> problem = sumFailure(aggregation, column.expression())
                    .or(() -> LaterFailure.of(
                            column.expression(), shaped -> aggregateGrowth(aggregation, shaped)));
            if (problem.isPresent()) {
                return Optional.of("column '" + column.name() + "': " + problem.get());
            }
        }
        return Optional.empty();
    }

    /** The sum that an expression over shaped rows reads and that may not fit its type. */
    private static Optional<String> sumFailure(Aggregation aggregation, Expression expression) {
        List<String> problems = new ArrayList<>();
        expression.forEachColumn(shaped -> {
            int aggregate = shaped - aggregation.keyCount() - 1;
            if (aggregate >= 0 && aggregate < aggregation.aggregates().size()) {
                AggregateCall call = aggregation.aggregates().get(aggregate).call();
                if (call.function() == AggregateFunction.SUM
                        && call.resultType().kind() != TypeKind.DOUBLE) {
                    problems.add(call
                            + " may overflow as events are added; write SUM(CAST(... AS DOUBLE))");
                }
            }
        });
        return problems.stream().findFirst();
    }

    private static Optional<String> conditionFailure(
            @Nullable Expression when, @Nullable Expression clear, IntFunction<Growth> growth) {
        Optional<String> ofWhen = when == null
                ? Optional.empty()
                : LaterFailure.ofTrue(when, growth).map(problem -> "when: " + problem);
        return ofWhen.or(() -> clear == null
                ? Optional.empty()
                : LaterFailure.of(clear, growth).map(problem -> "clear: " + problem));
    }

    /** How a column that a condition reads changes: those of the output, then the window. */
    private static Growth growth(Link link, Aggregation aggregation, int column) {
        if (column >= link.output().columns().size()) {
            return Growth.FIXED;
        }
        return Growth.of(
                link.output().columns().get(column).expression(),
                shaped -> aggregateGrowth(aggregation, shaped));
    }

    private static Growth aggregateGrowth(Aggregation aggregation, int shaped) {
        int aggregate = shaped - aggregation.keyCount() - 1;
        if (aggregate < 0 || aggregate >= aggregation.aggregates().size()) {
            return Growth.FIXED;
        }
        return switch (aggregation.aggregates().get(aggregate).call().function()) {
            case COUNT, APPROX_COUNT_DISTINCT, MAX, BOOL_OR -> Growth.GROWS;
            case MIN, BOOL_AND -> Growth.FALLS;
            default -> Growth.ANY;
        };
    }
}
