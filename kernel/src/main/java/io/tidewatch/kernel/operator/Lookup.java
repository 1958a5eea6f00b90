package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.expression.Expression;
import java.util.List;

/**
 * A join to a reference table: the row is repeated for every row of the table whose key columns equal the keys, in the
 * version of the table that is in effect at the row's event time. NULL equals nothing. All columns of the table are
 * appended to the joined row.
 *
 * @param table the table's name
 * @param keys what is looked up, over the joined row so far
 * @param tableColumns which columns of the table the keys are compared to, one per key
 * @param keepsUnmatched whether a row without a match stays, with NULL in the table's columns (LEFT JOIN)
 */
public record Lookup(
        String table, List<Expression> keys, List<Integer> tableColumns, boolean keepsUnmatched) {
    public Lookup {
        requireNonNull(table, "table");
        keys = List.copyOf(keys);
        tableColumns = List.copyOf(tableColumns);
        if (keys.isEmpty() || keys.size() != tableColumns.size()) {
            throw new IllegalArgumentException("keys: " + keys.size() + ", tableColumns: "
                    + tableColumns.size() + " (expected: equal, >= 1)");
        }
    }
}
