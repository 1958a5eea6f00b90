/**
 * A job: the monitors of a configuration, running over the records of a log. {@link io.tidewatch.server.job.Job} is what the
 * commands see of an engine; {@link io.tidewatch.server.job.Intake} counts what goes into one.
 */
@NullMarked
package io.tidewatch.server.job;

import org.jspecify.annotations.NullMarked;
