package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a link are, over the shaped row.
 *
 * @param having keeps rows for which it is TRUE; the others still count as seen by the alert life cycle
 * @param columns the columns that later links, results and conditions see
 * @param key what identifies a row within its window: the GROUP BY columns (for grouping sets all of them: those outside
 *     a row's set are left out), the two keys of a join behind one another, or the columns named by {@code key:}; a column
 *     of {@code columns} that has the same name and expression as one of the key shows up in a result's key only
 * @param hidden how many of the last {@code columns} are parts of the key that results do not show as values, for later
 *     links to read
 * @param head what stands in keys before their values
 */
public record LinkOutput(
        @Nullable Expression having,
        List<OutputColumn> columns,
        List<OutputColumn> key,
        int hidden,
        KeyHead head) {
    public LinkOutput {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        if (hidden < 0 || hidden > columns.size()) {
            throw new IllegalArgumentException(
                    "hidden: " + hidden + " (expected: 0 to " + columns.size() + ")");
        }
    }

    /** Without hidden columns. */
    public LinkOutput(
            @Nullable Expression having, List<OutputColumn> columns, List<OutputColumn> key) {
        this(having, columns, key, 0, KeyHead.PLAIN);
    }

    /** The columns that are not hidden. */
    public Schema shownSchema() {
        return schemaOf(columns.subList(0, columns.size() - hidden));
    }

    public Schema schema() {
        return schemaOf(columns);
    }

    public Schema keySchema() {
        return schemaOf(key);
    }

    /**
     * The layout in which later links, derived streams and conditions read the rows: the columns, then {@code window_start}
     * and {@code window_end}, with underscores appended where a column has that name already.
     */
    public Schema schemaWithWindow() {
        List<Field> fields = new ArrayList<>(schema().fields());
        for (String name : List.of("window_start", "window_end")) {
            String free = name;
            while (schema().indexOf(free) >= 0) {
                free += "_";
            }
            fields.add(new Field(free, Type.TIMESTAMP));
        }
        return new Schema(fields);
    }

    static Schema schemaOf(List<OutputColumn> columns) {
        return new Schema(columns.stream()
                .map(column -> new Field(column.name(), column.expression().type()))
                .toList());
    }

    /** A named expression over the shaped row. */
    public record OutputColumn(String name, Expression expression) {}
}
