/**
 * Monitors computed from the events by their definitions alone, over plain collections: what the kernel, the SQL compiler
 * and the engine are held against. Start with {@link io.tidewatch.testkit.twin.TwinQuery}.
 *
 * <p>Nothing here is shared with the operators of the kernel but the bytes of keys and their hashes, which are identities
 * that others may rely on.
 */
@NullMarked
package io.tidewatch.testkit.twin;

import org.jspecify.annotations.NullMarked;
