package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.AlertTiming;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import java.util.Optional;

/** When the alerts of a monitor are evaluated, which follows from its query. */
public final class AlertTimings {
    private AlertTimings() {}

    /** The timing of a monitor's first branch, which for most is the only one. */
    public static AlertTiming of(JobPlan plan, int monitor) {
        return of(plan, monitor, 0);
    }

    static AlertTiming of(JobPlan plan, int monitor, int branch) {
        Optional<Windowing> windowing = plan.windowing(monitor, branch);
        if (windowing.isEmpty()) {
            return new AlertTiming.Rows();
        }
        if (windowing.get() instanceof Windowing.Session session) {
            return new AlertTiming.Sessions(session.gapMillis());
        }
        return windowing.get() instanceof Windowing.Grid grid
                ? new AlertTiming.Windowed(
                        grid.windows(), plan.resultLink(monitor, branch).lateness())
                : new AlertTiming.Rows();
    }
}
