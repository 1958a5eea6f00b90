/**
 * What tests of other modules use. Start with {@link io.tidewatch.testkit.JobVerifier}: it runs a job over scripted
 * partitions in many ways that must not matter, and fails if one of them does. {@link io.tidewatch.testkit.Script} says
 * what stands in a partition.
 */
@NullMarked
package io.tidewatch.testkit;

import org.jspecify.annotations.NullMarked;
