package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of the rows of two earlier links that have the same window and equal keys.
 *
 * <p>Shaped row: the projected row of the left input; that of the right; {@code window_start}, {@code window_end}.
 *
 * @param keyCount the first so many columns of both projected rows are compared by SQL's {@code =} (NULL equals nothing)
 * @param condition over the shaped row; only pairs for which it is TRUE match
 * @param keepsUnmatched whether a left row without a match stays, with NULL on the right (LEFT JOIN)
 */
public record Join(int keyCount, @Nullable Expression condition, boolean keepsUnmatched)
        implements Shape {}
