package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows read from a source: an input of a link in the making.
 *
 * <p>All expressions are over the joined row: the source's columns, {@code window_start} and {@code window_end} if {@code
 * windows} is present, the columns of each look-up's table.
 *
 * @param source where the rows come from
 * @param sourceWidth how many columns the source has
 * @param timeIndex the source's column that holds the event time, or -1
 * @param span the windows that the source's rows have; absent for rows without
 * @param rowTypes the types of the joined row
 * @param windowStart the index of {@code window_start} in the joined row, or -1; {@code window_end} is behind it
 * @param windows the table function that is not settled yet
 * @param lookups joins to reference tables
 * @param filter what stood before a session table function, or everything
 * @param filterAfter what stood behind a session table function
 */
record Feed(
        RowSource source,
        int sourceWidth,
        int timeIndex,
        @Nullable Span span,
        List<Type> rowTypes,
        int windowStart,
        @Nullable TableWindows windows,
        List<Lookup> lookups,
        @Nullable Expression filter,
        @Nullable Expression filterAfter,
        List<Expression> columns,
        RowKey key)
        implements Pipe {
    Feed {
        rowTypes = List.copyOf(rowTypes);
        lookups = List.copyOf(lookups);
        columns = List.copyOf(columns);
    }

    /** The rows of a stream. */
    static Feed ofStream(String stream, Schema schema, int timeField) {
        List<Type> types = schema.fields().stream().map(field -> field.type()).toList();
        return new Feed(
                new RowSource.OfStream(stream),
                types.size(),
                timeField,
                null,
                types,
                -1,
                null,
                List.of(),
                null,
                null,
                Substitution.columns(types),
                RowKey.NONE);
    }

    /**
     * The rows of an earlier link or another monitor.
     *
     * @param schema its columns, without those of the window
     * @param span its windows; absent if it has none
     */
    static Feed ofRows(RowSource source, Schema schema, @Nullable Span span) {
        List<Type> types = new ArrayList<>();
        schema.fields().forEach(field -> types.add(field.type()));
        List<Expression> columns = Substitution.columns(types);
        types.add(Type.TIMESTAMP);
        types.add(Type.TIMESTAMP);
        int windowStart = span == null ? -1 : columns.size();
        return new Feed(
                source,
                types.size(),
                -1,
                span,
                types,
                windowStart,
                null,
                List.of(),
                null,
                null,
                columns,
                RowKey.NONE);
    }

    @Override
    public boolean isWindowStart(Expression column) {
        return windowStart >= 0 && column.equals(Expressions.column(windowStart, Type.TIMESTAMP));
    }

    @Override
    public boolean isWindowEnd(Expression column) {
        return windowStart >= 0
                && column.equals(Expressions.column(windowStart + 1, Type.TIMESTAMP));
    }

    /** Whether the expression reads the start or the end of the window. */
    boolean readsWindow(Expression expression) {
        return windowStart >= 0 && Substitution.reads(expression, windowStart, windowStart + 1);
    }

    boolean isEventTime(Expression expression) {
        return timeIndex >= 0 && expression.equals(Expressions.column(timeIndex, Type.TIMESTAMP));
    }

    @Override
    public Feed project(List<Expression> expressions) {
        return withColumns(Substitution.apply(expressions, columns));
    }

    @Override
    public Feed filter(Expression condition) {
        return filterRow(Substitution.apply(condition, columns));
    }

    /** Only the rows for which an expression over the joined row is TRUE. */
    Feed filterRow(Expression condition) {
        boolean after = windows != null && windows.isSession();
        return new Feed(
                source,
                sourceWidth,
                timeIndex,
                span,
                rowTypes,
                windowStart,
                windows,
                lookups,
                after ? filter : Substitution.and(filter, condition),
                after ? Substitution.and(filterAfter, condition) : filterAfter,
                columns,
                key);
    }

    Feed withColumns(List<Expression> newColumns) {
        return new Feed(
                source,
                sourceWidth,
                timeIndex,
                span,
                rowTypes,
                windowStart,
                windows,
                lookups,
                filter,
                filterAfter,
                newColumns,
                key);
    }

    Feed withKey(RowKey newKey) {
        return new Feed(
                source,
                sourceWidth,
                timeIndex,
                span,
                rowTypes,
                windowStart,
                windows,
                lookups,
                filter,
                filterAfter,
                columns,
                newKey);
    }

    /** With a table function; its two columns follow the others. */
    Feed withWindows(TableWindows newWindows) {
        List<Type> types = new ArrayList<>(rowTypes);
        types.add(sourceWidth, Type.TIMESTAMP);
        types.add(sourceWidth, Type.TIMESTAMP);
        List<Expression> moved = new ArrayList<>();
        for (int i = 0; i < rowTypes.size(); i++) {
            moved.add(Expressions.column(i < sourceWidth ? i : i + 2, rowTypes.get(i)));
        }
        List<Expression> newColumns = new ArrayList<>(Substitution.apply(columns, moved));
        newColumns.add(Expressions.column(sourceWidth, Type.TIMESTAMP));
        newColumns.add(Expressions.column(sourceWidth + 1, Type.TIMESTAMP));
        return new Feed(
                source,
                sourceWidth,
                timeIndex,
                null,
                types,
                sourceWidth,
                newWindows.over(moved),
                over(lookups, moved),
                filter == null ? null : Substitution.apply(filter, moved),
                null,
                newColumns,
                key.map(expression -> Substitution.apply(expression, moved)));
    }

    /** Without the columns of its table function, which nothing may read any more. */
    Feed withoutWindows() {
        List<Type> types = new ArrayList<>(rowTypes);
        types.remove(sourceWidth);
        types.remove(sourceWidth);
        List<Expression> moved = new ArrayList<>();
        for (int i = 0; i < rowTypes.size(); i++) {
            boolean isWindow = i >= sourceWidth && i < sourceWidth + 2;
            moved.add(
                    isWindow
                            ? Expressions.literal(Type.TIMESTAMP, null)
                            : Expressions.column(i < sourceWidth ? i : i - 2, rowTypes.get(i)));
        }
        return new Feed(
                source,
                sourceWidth,
                timeIndex,
                null,
                types,
                -1,
                windows == null ? null : windows.over(moved),
                over(lookups, moved),
                filter == null ? null : Substitution.apply(filter, moved),
                null,
                Substitution.apply(columns, moved),
                key.map(expression -> Substitution.apply(expression, moved)));
    }

    /** With one more look-up; the columns of its table follow the others. */
    Feed withLookup(Lookup lookup, Schema table) {
        List<Type> types = new ArrayList<>(rowTypes);
        List<Expression> newColumns = new ArrayList<>(columns);
        table.fields().forEach(field -> {
            newColumns.add(Expressions.column(types.size(), field.type()));
            types.add(field.type());
        });
        List<Lookup> more = new ArrayList<>(lookups);
        more.add(lookup);
        return new Feed(
                source,
                sourceWidth,
                timeIndex,
                span,
                types,
                windowStart,
                windows,
                more,
                filter,
                filterAfter,
                newColumns,
                key);
    }

    private static List<Lookup> over(List<Lookup> lookups, List<Expression> columns) {
        return lookups.stream()
                .map(lookup -> new Lookup(
                        lookup.table(),
                        Substitution.apply(lookup.keys(), columns),
                        lookup.tableColumns(),
                        lookup.keepsUnmatched()))
                .toList();
    }
}
