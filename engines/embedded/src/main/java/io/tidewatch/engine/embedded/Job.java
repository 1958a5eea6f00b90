package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.kernel.plan.JobPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine runs.
 *
 * @param alerts per monitor of the plan its alert, or {@code null}
 */
public record Job(JobPlan plan, List<@Nullable AlertSpec> alerts) {
    public Job {
        if (alerts.size() != plan.monitors().size()) {
            throw new IllegalArgumentException("alerts: " + alerts.size() + " (expected: "
                    + plan.monitors().size() + ", one per monitor)");
        }
        alerts = Collections.unmodifiableList(new ArrayList<>(alerts));
    }

    /** A job without alerts. */
    public static Job of(JobPlan plan) {
        return new Job(plan, Collections.nCopies(plan.monitors().size(), null));
    }
}
