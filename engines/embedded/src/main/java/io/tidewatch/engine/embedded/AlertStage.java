package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.AlertOperator;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.alerting.Transition;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobLink;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.MonitorRows;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of all monitors for the key groups of one worker. The branches of a monitor's UNION ALL have no keys in common
 * and each its own pace, so each has an operator.
 */
final class AlertStage {
    private final List<BranchAlerts> branches = new ArrayList<>();
    private final boolean[] earlyMonitors;
    private List<Transition> transitions = new ArrayList<>();

    /** The alerts of one branch of a monitor. */
    private record BranchAlerts(
            int monitor,
            int branch,
            AlertOperator operator,
            JobLink link,
            @Nullable Windows windows) {}

    AlertStage(Job job, IntPredicate ownsKeyGroup) {
        JobPlan plan = job.plan();
        earlyMonitors = new boolean[plan.monitors().size()];
        for (int monitor = 0; monitor < plan.monitors().size(); monitor++) {
            AlertSpec spec = job.alerts().get(monitor);
            if (spec != null) {
                earlyMonitors[monitor] = plan.monitors().get(monitor).early();
                for (int branch = 0;
                        branch < plan.monitors().get(monitor).branches().size();
                        branch++) {
                    branches.add(alerts(job, monitor, branch, spec, ownsKeyGroup));
                }
            }
        }
    }

    private static BranchAlerts alerts(
            Job job, int monitor, int branch, AlertSpec spec, IntPredicate ownsKeyGroup) {
        JobPlan plan = job.plan();
        AlertSpec own = spec.ofBranch(branch, AlertTimings.of(plan, monitor, branch));
        Windows windows = plan.windowing(monitor, branch)
                .map(windowing -> windowing instanceof Windowing.Grid grid ? grid.windows() : null)
                .orElse(null);
        return new BranchAlerts(
                monitor,
                branch,
                new AlertOperator(own, job.alertLimits(), ownsKeyGroup),
                plan.resultLink(monitor, branch),
                windows);
    }

    /** @param origins per monitor the least event time of its streams, or {@link Times#BEGINNING} if not yet known */
    void start(long[] origins) {
        for (BranchAlerts alerts : branches) {
            if (origins[alerts.monitor()] != Times.BEGINNING) {
                alerts.operator().start(origins[alerts.monitor()], transitions::add);
            }
        }
    }

    void take(MonitorRows rows) {
        LinkRows.Emission emission = rows.rows().emission();
        for (BranchAlerts alerts : branches) {
            if (alerts.monitor() == rows.monitor() && alerts.branch() == rows.branch()) {
                ConditionRows conditions = new ConditionRows(rows, alerts.windows());
                if (emission.incomplete() != null) {
                    alerts.operator().incomplete(emission.incomplete(), transitions::add);
                }
                if (emission.revision() == 0) {
                    alerts.operator().rows(conditions, transitions::add);
                } else {
                    alerts.operator()
                            .amended(
                                    conditions,
                                    emission.revision(),
                                    emission.dueTime(),
                                    transitions::add);
                }
            }
        }
    }

    void early(MonitorRows rows) {
        for (BranchAlerts alerts : branches) {
            if (alerts.monitor() == rows.monitor() && alerts.branch() == rows.branch()) {
                alerts.operator()
                        .early(new ConditionRows(rows, alerts.windows()), transitions::add);
            }
        }
    }

    /** Which monitors evaluate their alerts before windows close; empty if none does. */
    boolean[] earlyMonitors() {
        for (boolean early : earlyMonitors) {
            if (early) {
                return earlyMonitors;
            }
        }
        return new boolean[0];
    }

    /** Brings the alerts on the results of one level to the watermark of their link. */
    void advance(int level, IntToLongFunction watermarkOfLink) {
        for (BranchAlerts alerts : branches) {
            if (alerts.link().level() == level) {
                long watermark = watermarkOfLink.applyAsLong(alerts.link().number());
                if (watermark != Times.BEGINNING) {
                    alerts.operator().advanceTo(watermark, transitions::add);
                }
            }
        }
    }

    /** Adds what the limits of alerts left out. */
    void countLimited(SideCounts side) {
        for (BranchAlerts alerts : branches) {
            side.limited(
                    alerts.monitor(),
                    alerts.operator().refusedKeys(),
                    alerts.operator().unkeptEvaluations());
        }
    }

    List<Transition> takeTransitions() {
        List<Transition> taken = transitions;
        transitions = new ArrayList<>();
        return taken;
    }

    void writeCommon(ByteWriter out) {
        branches.forEach(alerts -> alerts.operator().writeCommon(out));
    }

    void readCommon(ByteReader in) {
        branches.forEach(alerts -> alerts.operator().readCommon(in));
    }

    void write(int keyGroup, ByteWriter out) {
        for (BranchAlerts alerts : branches) {
            int section = out.beginSection();
            alerts.operator().write(keyGroup, out);
            out.endSection(section);
        }
    }

    void read(int keyGroup, ByteReader in) {
        for (BranchAlerts alerts : branches) {
            alerts.operator().read(keyGroup, in.readSection());
        }
    }
}
