/**
 * Aggregates as commutative monoids. Start with {@link io.tidewatch.kernel.aggregate.AggregateFunction} (what there is),
 * {@link io.tidewatch.kernel.aggregate.AggregateCall} (one use of it in a query) and {@link
 * io.tidewatch.kernel.aggregate.Accumulators} (its state for many groups).
 *
 * <p>Invariant: {@code combine} in any order and any grouping, through bytes or not, gives the same answer to the bit.
 * Nothing here depends on the order of rows, on time or on chance; what has an order (FIRST_VALUE, LAST_VALUE, ROWS) takes it
 * from event time, partition and offset.
 *
 * <p>Not here: FILTER, which is a narrowed selection; HAVING and top-N, which are operators; the overflow row of a key
 * limit, which is another slot.
 */
@NullMarked
package io.tidewatch.kernel.aggregate;

import org.jspecify.annotations.NullMarked;
