package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.AlertTiming;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import java.util.Optional;

/** When the alerts of a monitor are evaluated, which follows from its query. */
public final class AlertTimings {
    private AlertTimings() {}

    public static AlertTiming of(JobPlan plan, int monitor) {
        Optional<Windowing> windowing = plan.windowing(monitor);
        if (windowing.isEmpty()) {
            return new AlertTiming.Rows();
        }
        return windowing.get() instanceof Windowing.Grid grid
                ? new AlertTiming.Windowed(grid.windows(), plan.lateness(monitor))
                : new AlertTiming.Sessions();
    }
}
