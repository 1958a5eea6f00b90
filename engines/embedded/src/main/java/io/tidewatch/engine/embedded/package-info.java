/**
 * The engine inside one process. Start with {@link io.tidewatch.engine.embedded.EmbeddedEngine}: it takes what the log
 * holds in epochs, runs the partial stages of all partitions in parallel, exchanges their partials, runs the final stages
 * of all workers in parallel, and gives the updates in their order.
 *
 * <p>It holds no semantics: which rows are late, when a window closes and what an alert does is decided in the kernel and in
 * alerting.
 */
@NullMarked
package io.tidewatch.engine.embedded;

import org.jspecify.annotations.NullMarked;
