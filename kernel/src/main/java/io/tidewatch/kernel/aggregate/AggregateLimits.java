package io.tidewatch.kernel.aggregate;

/**
 * The limits of what one slot may keep. Each is free of order: whoever comes first, the answer is the same.
 *
 * @param distinctValuesMax {@code distinct_values}: the values that COUNT(DISTINCT) keeps exactly; with more, the count is the
 *     HyperLogLog estimate of the whole set, at least one more than the limit, and marked approximate
 * @param percentileBucketsMax {@code percentile_buckets}: the buckets of each sign that APPROX_PERCENTILE keeps; with more,
 *     those nearest to zero become one
 * @param rowsMax {@code window_rows}: the rows that are kept where the rows of a window are listed; with more, the earliest
 *     stay and the list is marked as a part
 */
public record AggregateLimits(int distinctValuesMax, int percentileBucketsMax, int rowsMax) {
    public static final AggregateLimits DEFAULT = new AggregateLimits(1_000, 4_096, 10_000);

    public AggregateLimits {
        require("distinctValuesMax", distinctValuesMax);
        require("percentileBucketsMax", percentileBucketsMax);
        require("rowsMax", rowsMax);
    }

    /** These limits with another one of rows. */
    public AggregateLimits withRowsMax(int newRowsMax) {
        return new AggregateLimits(distinctValuesMax, percentileBucketsMax, newRowsMax);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
