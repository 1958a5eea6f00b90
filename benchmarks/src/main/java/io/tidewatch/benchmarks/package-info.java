/**
 * How fast the parts are, each beside what one would use otherwise. A benchmark's body is a method that a test runs once
 * against the naive answer, so that what is measured is right.
 *
 * <p>Start with {@link io.tidewatch.benchmarks.Bench}, which {@code ./tidewatch bench} runs.
 */
@NullMarked
package io.tidewatch.benchmarks;

import org.jspecify.annotations.NullMarked;
