package io.tidewatch.engine.embedded;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.plan.JobPlan;

/** What an engine runs. */
public record Job(JobPlan plan) {
    public Job {
        requireNonNull(plan, "plan");
    }

    /** A job without alerts. */
    public static Job of(JobPlan plan) {
        return new Job(plan);
    }
}
