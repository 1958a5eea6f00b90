package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What tells the rows of a pipe apart within a window, over the pipe's own row.
 *
 * @param groupingId which parts are outside the row's grouping set, the last one in the lowest bit; absent if none ever is
 * @param branch which branch of UNION ALLs the row came through, from 0; absent if there is one
 * @param branches how many branches there are
 */
record RowKey(
        List<OutputColumn> parts,
        @Nullable Expression groupingId,
        @Nullable Expression branch,
        int branches) {
    /** What the columns are called that hold the GROUPING_ID and the branch for readers; free names are derived from it. */
    static final String GROUPING_ID = "grouping_id";

    static final String BRANCH = "branch";

    static final RowKey NONE = of(List.of());

    RowKey {
        parts = List.copyOf(parts);
    }

    static RowKey of(List<OutputColumn> parts) {
        return new RowKey(parts, null, null, 1);
    }

    RowKey withParts(List<OutputColumn> newParts) {
        return new RowKey(newParts, groupingId, branch, branches);
    }

    /** The key over another row. */
    RowKey map(UnaryOperator<Expression> change) {
        return new RowKey(
                parts.stream()
                        .map(part -> new OutputColumn(part.name(), change.apply(part.expression())))
                        .toList(),
                groupingId == null ? null : change.apply(groupingId),
                branch == null ? null : change.apply(branch),
                branches);
    }

    /** All that the key rests on: its parts, the GROUPING_ID, the branch. */
    List<OutputColumn> columns() {
        List<OutputColumn> columns = new ArrayList<>(parts);
        if (groupingId != null) {
            columns.add(new OutputColumn(GROUPING_ID, groupingId));
        }
        if (branch != null) {
            columns.add(new OutputColumn(BRANCH, branch));
        }
        return columns;
    }

    /** 1 if a part is outside the row's grouping set, else 0; absent if it never is. */
    @Nullable
    Expression outside(int part) {
        return groupingId == null ? null : GroupingBits.bit(groupingId, parts.size() - 1 - part);
    }
}
