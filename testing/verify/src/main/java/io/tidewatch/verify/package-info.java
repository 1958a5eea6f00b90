/**
 * What {@code ./verify} says at its end. Start with {@link io.tidewatch.verify.Verdict}.
 *
 * <p>A run of the tests on one Java version leaves test reports (XML) and bits (see {@code io.tidewatch.generator.Bits}).
 * Runs are counted, skipped tests are listed with their reasons, and the bits of two runs are compared.
 */
@NullMarked
package io.tidewatch.verify;

import org.jspecify.annotations.NullMarked;
