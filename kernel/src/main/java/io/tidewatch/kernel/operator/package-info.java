/**
 * Links and the two stages that run them. Start with {@link io.tidewatch.kernel.operator.Link}: what a link is. Its partial
 * stage folds the rows of one partition, its final stage merges the partials of its key groups and gives rows when the
 * watermark passes a window's end.
 *
 * <p>Invariants: nothing here reads a clock, a file or another partition; every order that can be seen is decided by event
 * time, key and position, never by how rows were cut into batches.
 */
@NullMarked
package io.tidewatch.kernel.operator;

import org.jspecify.annotations.NullMarked;
