package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.AlertLimits;
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
 * @param alertLimits what the alerts of each monitor may hold
 */
public record Job(JobPlan plan, List<@Nullable AlertSpec> alerts, AlertLimits alertLimits) {
    public Job {
        if (alerts.size() != plan.monitors().size()) {
            throw new IllegalArgumentException("alerts: " + alerts.size() + " (expected: "
                    + plan.monitors().size() + ", one per monitor)");
        }
        alerts = Collections.unmodifiableList(new ArrayList<>(alerts));
    }

    /** A job with the default limits. */
    public Job(JobPlan plan, List<@Nullable AlertSpec> alerts) {
        this(plan, alerts, AlertLimits.DEFAULTS);
    }

    /** A job without alerts. */
    public static Job of(JobPlan plan) {
        return new Job(plan, Collections.nCopies(plan.monitors().size(), null));
    }
}
