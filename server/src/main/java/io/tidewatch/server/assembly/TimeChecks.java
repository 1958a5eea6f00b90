package io.tidewatch.server.assembly;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Growth;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.server.config.AlertConfig;
import io.tidewatch.server.config.MonitorConfig;
import io.tidewatch.server.config.WindowConfig;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
        boolean stays =
                when == null || Growth.staysTrue(when, column -> growth(link, aggregation, column));
        return stays
                ? Optional.empty()
                : Optional.of(
                        "the condition may become false again as events are added; only lower bounds of COUNT and"
                                + " MAX, upper bounds of MIN, BOOL_OR and NOT BOOL_AND stay true");
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
