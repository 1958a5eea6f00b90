package io.tidewatch.testkit.twin;

import io.tidewatch.kernel.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A query over one stream with GROUP BY, in SQL and by its definition.
 *
 * @param stream its name
 * @param where absent if there is none
 * @param keys the fields of GROUP BY by their places in the schema
 * @param keyColumns their names and types
 * @param sets which of the keys each grouping set has; plain GROUP BY is one set with all
 * @param aggregates at least one
 * @param having absent if there is none
 */
record TwinQuery(
        String stream,
        @Nullable Term where,
        List<Integer> keys,
        List<Field> keyColumns,
        List<List<Boolean>> sets,
        List<TwinAggregate> aggregates,
        @Nullable TwinHaving having) {
    /** The columns are the keys by their names, then a0, a1, … */
    String sql() {
        List<String> columns = new ArrayList<>();
        keyColumns.forEach(key -> columns.add(key.name()));
        for (int i = 0; i < aggregates.size(); i++) {
            columns.add(aggregates.get(i).fullSql() + " AS a" + i);
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + stream
                + (where == null ? "" : " WHERE " + where.sql())
                + groupBy()
                + (having == null ? "" : " HAVING " + aggregates.get(0).fullSql() + having.sql());
    }

    private String groupBy() {
        if (keyColumns.isEmpty()) {
            return "";
        }
        if (sets.size() == 1 && sets.get(0).stream().allMatch(inside -> inside)) {
            return " GROUP BY " + names(sets.get(0));
        }
        List<String> texts = sets.stream().map(set -> "(" + names(set) + ")").toList();
        return " GROUP BY GROUPING SETS (" + String.join(", ", texts) + ")";
    }

    private String names(List<Boolean> set) {
        return String.join(
                ", ",
                IntStream.range(0, set.size())
                        .filter(set::get)
                        .mapToObj(i -> keyColumns.get(i).name())
                        .toList());
    }

    /** The rows that WHERE lets pass and of which no expression fails. */
    List<TwinRow> rows(Timeline timeline) {
        List<TwinRow> rows = new ArrayList<>();
        for (Event event : timeline.events()) {
            try {
                if (where == null || where.isTrue(event)) {
                    rows.add(row(event));
                }
            } catch (Term.Failed setAside) {
                // The row takes no part in this monitor.
            }
        }
        return rows;
    }

    private TwinRow row(Event event) {
        List<TwinAggregate.@Nullable Sample> samples = new ArrayList<>();
        for (TwinAggregate aggregate : aggregates) {
            if (aggregate.filter() != null && !aggregate.filter().isTrue(event)) {
                samples.add(null);
            } else {
                Term argument = aggregate.argument();
                samples.add(new TwinAggregate.Sample(
                        event, argument == null ? null : argument.value().apply(event)));
            }
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (int key : keys) {
            Object value = event.get(key);
            all.add(value == null ? null : TwinAggregate.normal(value));
        }
        List<TwinKey> rowKeys =
                sets.stream().map(set -> TwinKey.of(keyColumns, set, all)).toList();
        return new TwinRow(event, rowKeys, samples);
    }

    /**
     * The columns of the result of some rows of a window.
     *
     * @throws Term.Failed if one cannot be computed
     */
    List<@Nullable Object> values(List<@Nullable Object> key, List<TwinRow> rows, Window window) {
        List<@Nullable Object> values = new ArrayList<>(key);
        for (int i = 0; i < aggregates.size(); i++) {
            List<TwinAggregate.Sample> samples = new ArrayList<>();
            for (TwinRow row : rows) {
                TwinAggregate.Sample sample = row.samples().get(i);
                if (sample != null) {
                    samples.add(sample);
                }
            }
            values.add(aggregates.get(i).fold().of(samples, window));
        }
        return values;
    }

    /**
     * A result of the product as the twin has it: where an aggregate may be off by one percent, the value of a list that it is
     * nearest to, if it is as near as that.
     */
    List<@Nullable Object> exact(List<@Nullable Object> values, List<Double> list) {
        List<@Nullable Object> exact = new ArrayList<>(values);
        for (int i = 0; i < aggregates.size(); i++) {
            int column = keys.size() + i;
            if (aggregates.get(i).isNear() && values.get(column) instanceof Double near) {
                for (double each : list) {
                    if (Math.abs(near - each) <= 0.01 * Math.abs(each)) {
                        exact.set(column, each);
                    }
                }
            }
        }
        return exact;
    }

    /** The key of a result, of a query with one grouping set. */
    TwinKey keyOf(TwinResult result) {
        return TwinKey.of(keyColumns, sets.get(0), result.values().subList(0, keys.size()));
    }

    /** Whether HAVING lets a result pass. */
    boolean shows(List<@Nullable Object> values) {
        return having == null || Boolean.TRUE.equals(having.test().apply(values.get(keys.size())));
    }
}
