/**
 * Structures that hold keyed state: start with {@link io.tidewatch.kernel.state.KeyTable} and {@link
 * io.tidewatch.kernel.state.KeyGroups}.
 */
@NullMarked
package io.tidewatch.kernel.state;

import org.jspecify.annotations.NullMarked;
