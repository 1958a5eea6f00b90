package io.tidewatch.kernel.operator;

import java.util.List;

/**
 * The first rows of each window and partition in an order: {@code ROW_NUMBER() OVER (PARTITION BY window, … ORDER BY …) <=
 * limit} over the rows of an earlier link. Ties go by the bytes of the ranked row's key.
 *
 * <p>Shaped row: the columns of the projected row; the rank (BIGINT, from 1); {@code window_start}, {@code window_end}. The
 * row's identity is the key of the ranked row, so {@link LinkOutput#key()} is empty.
 *
 * @param partitionColumns columns of the projected row that partition each window
 * @param orders the order, at least one
 * @param limit how many rows stay, at least 1
 */
public record TopN(List<Integer> partitionColumns, List<Order> orders, int limit) implements Shape {
    /** The most rows per window and partition. */
    public static final int LIMIT_MAX = 10_000;

    public TopN {
        partitionColumns = List.copyOf(partitionColumns);
        orders = List.copyOf(orders);
        if (orders.isEmpty()) {
            throw new IllegalArgumentException("orders: 0 (expected: >= 1)");
        }
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "limit: " + limit + " (expected: 1 to " + LIMIT_MAX + ")");
        }
    }

    /**
     * One term of an ORDER BY.
     *
     * @param column a column of the projected row
     */
    public record Order(int column, boolean descending, boolean nullsFirst) {}
}
