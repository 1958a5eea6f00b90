/**
 * What is to run, and the two stages that run it. Start with {@link io.tidewatch.kernel.plan.MonitorPlan}, the compiled
 * form of one monitor; {@link io.tidewatch.kernel.plan.JobPlan} puts all monitors together and finds what they share;
 * {@link io.tidewatch.kernel.plan.PartialStage} and {@link io.tidewatch.kernel.plan.FinalStage} run a job plan for one
 * partition, and for the key groups of one worker.
 */
@NullMarked
package io.tidewatch.kernel.plan;

import org.jspecify.annotations.NullMarked;
