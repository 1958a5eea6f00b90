/**
 * Unit tests for monitors: what goes in, at which event times, and which results and alerts come out. Start with {@link
 * io.tidewatch.server.suite.SuiteReader}; the file format stands in docs/reference/configuration.md.
 *
 * <p>A test runs the monitors as a backtest does. Expectations name what matters and leave out the rest.
 */
@NullMarked
package io.tidewatch.server.suite;

import org.jspecify.annotations.NullMarked;
