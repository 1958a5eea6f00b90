/**
 * Test inputs from a seed: start with {@link io.tidewatch.generator.Choices}. It depends on nothing, so that the kernel's
 * own tests may use it.
 */
@NullMarked
package io.tidewatch.generator;

import org.jspecify.annotations.NullMarked;
