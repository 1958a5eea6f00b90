/**
 * Failures that reach people: one unchecked exception with a code. Rows that fail are not exceptions; see {@code
 * expression.Failures}.
 */
@NullMarked
package io.tidewatch.kernel.error;

import org.jspecify.annotations.NullMarked;
