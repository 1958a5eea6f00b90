package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one source become projected rows.
 *
 * <p>The <em>joined row</em> that {@code filter} and {@code columns} read is: the source's columns; then {@code
 * window_start} and {@code window_end} if there is an {@code expansion}; then the columns of each look-up's table.
 *
 * @param source where the rows come from
 * @param expansion gives each row one copy per window that contains it, for table functions without an aggregation; rows
 *     whose time is NULL are dropped
 * @param lookups joins to reference tables, in order
 * @param filter keeps rows for which it is TRUE
 * @param columns the projected row
 */
public record LinkInput(
        RowSource source,
        @Nullable Expansion expansion,
        List<Lookup> lookups,
        @Nullable Expression filter,
        List<Expression> columns) {
    public LinkInput {
        requireNonNull(source, "source");
        lookups = List.copyOf(lookups);
        columns = List.copyOf(columns);
    }

    public List<Type> types() {
        return columns.stream().map(Expression::type).toList();
    }
}
