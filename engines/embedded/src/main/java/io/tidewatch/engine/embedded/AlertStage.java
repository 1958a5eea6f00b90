package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.AlertLimits;
import io.tidewatch.alerting.AlertOperator;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.alerting.Transition;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.MonitorRows;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The alerts of all monitors for the key groups of one worker. */
final class AlertStage {
    private final List<@Nullable MonitorAlerts> monitors = new ArrayList<>();
    private List<Transition> transitions = new ArrayList<>();

    /** The alerts of one monitor. */
    private record MonitorAlerts(
            AlertOperator operator,
            int link,
            int level,
            @Nullable Windows windows,
            boolean early) {}

    AlertStage(Job job, IntPredicate ownsKeyGroup) {
        JobPlan plan = job.plan();
        for (int monitor = 0; monitor < plan.monitors().size(); monitor++) {
            AlertSpec spec = job.alerts().get(monitor);
            monitors.add(spec == null ? null : alerts(plan, monitor, spec, ownsKeyGroup));
        }
    }

    private static MonitorAlerts alerts(
            JobPlan plan, int monitor, AlertSpec spec, IntPredicate ownsKeyGroup) {
        return new MonitorAlerts(
                new AlertOperator(spec, AlertLimits.DEFAULTS, ownsKeyGroup),
                plan.resultLink(monitor).number(),
                plan.resultLink(monitor).level(),
                plan.windowing(monitor)
                        .map(windowing ->
                                windowing instanceof Windowing.Grid grid ? grid.windows() : null)
                        .orElse(null),
                plan.monitors().get(monitor).early());
    }

    /** @param origins per monitor the least event time of its streams, or {@link Times#BEGINNING} if not yet known */
    void start(long[] origins) {
        for (int monitor = 0; monitor < origins.length; monitor++) {
            MonitorAlerts alerts = monitors.get(monitor);
            if (alerts != null && origins[monitor] != Times.BEGINNING) {
                alerts.operator().start(origins[monitor], transitions::add);
            }
        }
    }

    void take(MonitorRows rows) {
        MonitorAlerts alerts = monitors.get(rows.monitor());
        if (alerts == null) {
            return;
        }
        LinkRows.Emission emission = rows.rows().emission();
        ConditionRows conditions = new ConditionRows(rows, alerts.windows());
        if (emission.revision() == 0) {
            alerts.operator().rows(conditions, transitions::add);
        } else {
            alerts.operator()
                    .amended(conditions, emission.revision(), emission.dueTime(), transitions::add);
        }
    }

    void early(MonitorRows rows) {
        MonitorAlerts alerts = monitors.get(rows.monitor());
        if (alerts != null) {
            alerts.operator().early(new ConditionRows(rows, alerts.windows()), transitions::add);
        }
    }

    /** Which monitors evaluate their alerts before windows close; empty if none does. */
    boolean[] earlyMonitors() {
        boolean[] early = new boolean[monitors.size()];
        boolean any = false;
        for (int monitor = 0; monitor < early.length; monitor++) {
            MonitorAlerts alerts = monitors.get(monitor);
            early[monitor] = alerts != null && alerts.early();
            any |= early[monitor];
        }
        return any ? early : new boolean[0];
    }

    /** Brings the alerts on the results of one level to the watermark of their link. */
    void advance(int level, IntToLongFunction watermarkOfLink) {
        for (MonitorAlerts alerts : monitors) {
            if (alerts != null && alerts.level() == level) {
                long watermark = watermarkOfLink.applyAsLong(alerts.link());
                if (watermark != Times.BEGINNING) {
                    alerts.operator().advanceTo(watermark, transitions::add);
                }
            }
        }
    }

    List<Transition> takeTransitions() {
        List<Transition> taken = transitions;
        transitions = new ArrayList<>();
        return taken;
    }

    void write(int keyGroup, ByteWriter out) {
        for (MonitorAlerts alerts : monitors) {
            if (alerts != null) {
                ByteWriter section = new ByteWriter(64);
                alerts.operator().write(keyGroup, section);
                out.writeSlice(section.array(), 0, section.size());
            }
        }
    }

    void read(int keyGroup, ByteReader in) {
        for (MonitorAlerts alerts : monitors) {
            if (alerts != null) {
                int length = in.readCount();
                alerts.operator()
                        .read(keyGroup, new ByteReader(in.array(), in.skip(length), length));
            }
        }
    }
}
