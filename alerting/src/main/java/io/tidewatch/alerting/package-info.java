/**
 * The life cycle of alerts. Start with {@link io.tidewatch.alerting.AlertOperator}, which holds the alerts of one monitor;
 * the life cycle itself is one pure function, {@code LifeCycle.evaluate}.
 *
 * <p>Invariants: transitions follow from evaluations in event time alone. There is no clock, thread, input or output here,
 * and everything that is walked through is sorted. Every transition's id follows from what it is, so emitting one again is
 * the same as emitting it once.
 *
 * <p>Deliberately not here: conditions (their expressions are evaluated by the caller), everything that people or time of
 * day decide (silences, routes, grouping: see {@code notification}), and sending.
 */
@NullMarked
package io.tidewatch.alerting;

import org.jspecify.annotations.NullMarked;
