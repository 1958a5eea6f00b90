package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One row per window and key.
 *
 * <p>Shaped row: the keys (NULL outside their grouping set); {@code GROUPING_ID} (BIGINT; bit i, from the last key up, is
 * set if key i is outside the grouping set, as SQL's GROUPING_ID over all keys); the aggregates; {@code window_start},
 * {@code window_end} (TIMESTAMP). Where it {@link #listsRows}: the keys, GROUPING_ID, then all columns of the projected row as
 * they arrived, {@code window_start}, {@code window_end}, one shaped row per projected row.
 *
 * @param windowing which windows there are
 * @param timeColumn the column of the projected row (TIMESTAMP) that assigns windows, or −1 for the event time
 * @param keyCount the keys are the first so many columns of the projected row
 * @param groupingSets each a list of indices of keys, ascending; plain GROUP BY has one set with all keys
 * @param aggregates what is aggregated
 * @param listedRowsMax if not 0, the rows of a window are listed instead of aggregated (a SESSION table function without
 *     GROUP BY), the earliest so many of each key; {@code aggregates} is empty then
 */
public record Aggregation(
        Windowing windowing,
        int timeColumn,
        int keyCount,
        List<List<Integer>> groupingSets,
        List<AggregateColumn> aggregates,
        int listedRowsMax)
        implements Shape {
    public Aggregation {
        requireNonNull(windowing, "windowing");
        groupingSets = groupingSets.stream().map(List::copyOf).toList();
        aggregates = List.copyOf(aggregates);
        if (groupingSets.isEmpty()) {
            throw new IllegalArgumentException("groupingSets: 0 (expected: >= 1)");
        }
        if (listedRowsMax > 0 && !aggregates.isEmpty()) {
            throw new IllegalArgumentException("listedRowsMax and aggregates exclude each other");
        }
    }

    /** Whether the rows of a window are listed instead of aggregated. */
    public boolean listsRows() {
        return listedRowsMax > 0;
    }
}
