package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the keys of a link's rows before their values: the branch of UNION ALLs below, and the GROUPING_ID.
 *
 * @param branch over the shaped row, BIGINT, from 0: the branch that the row came through; absent if that is always 0, or if
 *     the key is not made by the output
 * @param groupingId over the shaped row, BIGINT: the parts of the key that are outside the row's grouping set, the last one in
 *     the lowest bit; absent if none ever is, or if the key is not made by the output
 * @param branches how many branches the rows may have come through
 */
public record KeyHead(@Nullable Expression branch, @Nullable Expression groupingId, int branches) {
    /** The most branches that the rows of a monitor may come through, and the most ways in which a join pairs them. */
    public static final int BRANCHES_MAX = 128;

    /** The most parts of a key of which some may be outside of a grouping set. */
    public static final int GROUPED_PARTS_MAX = 62;

    /** One branch, and nothing outside of a grouping set. */
    public static final KeyHead PLAIN = new KeyHead(null, null, 1);

    public KeyHead {
        if (branches < 1 || branches > BRANCHES_MAX) {
            throw new IllegalArgumentException(
                    "branches: " + branches + " (expected: 1 to " + BRANCHES_MAX + ")");
        }
    }
}
