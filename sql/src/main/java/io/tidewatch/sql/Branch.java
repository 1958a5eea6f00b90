package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A branch of the results. Its rows have all of their key among their columns, so that other monitors can read it.
 *
 * @param selected the columns of the results, over the shaped row
 * @param own over the shaped row; empty where rows have the key of the rows they come from
 * @param key all that the rows' key rests on, also one that is passed on
 */
record Branch(Draft draft, List<OutputColumn> selected, List<OutputColumn> own, RowKey key) {
    /**
     * @param selected the columns of the results
     * @param own the key that the branch makes itself, or nothing
     */
    static Branch of(Draft draft, List<OutputColumn> selected, List<OutputColumn> own) {
        boolean named = !own.isEmpty() && !draft.makesKey();
        RowKey key = named
                ? RowKey.of(own)
                : own.isEmpty() ? draft.key() : draft.key().withParts(own);
        return new Branch(draft, selected, own, key);
    }

    /**
     * The rows of a branch.
     *
     * @param columns those that are selected, then {@code hidden} of the key that are not
     */
    record Layout(List<OutputColumn> columns, int hidden, KeyPlaces places) {
        private List<Field> hiddenFields() {
            return columns.subList(columns.size() - hidden, columns.size()).stream()
                    .map(column -> new Field(column.name(), column.expression().type()))
                    .toList();
        }

        private boolean isLike(Layout other) {
            return hiddenFields().equals(other.hiddenFields()) && places.equals(other.places);
        }
    }

    /** The rows of all branches, whose layouts are alike: parts of the key that are selected in some are hidden if need be. */
    static List<Layout> layouts(List<Branch> branches) {
        List<Layout> layouts = layouts(branches, true);
        boolean alike = layouts.stream().allMatch(layouts.get(0)::isLike);
        return alike ? layouts : layouts(branches, false);
    }

    private static List<Layout> layouts(List<Branch> branches, boolean useSelected) {
        boolean grouped = branches.stream().anyMatch(branch -> branch.key.groupingId() != null);
        long count = branches.stream().mapToInt(branch -> branch.key.branches()).sum();
        List<Layout> layouts = new ArrayList<>();
        int first = 0;
        for (Branch branch : branches) {
            RowKey key = branch.key;
            Expression groupingId = !grouped || key.groupingId() != null
                    ? key.groupingId()
                    : Expressions.literal(0);
            RowKey whole = new RowKey(
                    key.parts(),
                    groupingId,
                    count == 1 ? null : GroupingBits.behind(first, key.branch()),
                    (int) count);
            layouts.add(branch.layout(whole, useSelected));
            first += key.branches();
        }
        return layouts;
    }

    private Layout layout(RowKey whole, boolean useSelected) {
        List<OutputColumn> columns = new ArrayList<>(selected);
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(List.of(Relations.WINDOW_START, Relations.WINDOW_END));
        selected.forEach(column -> taken.add(column.name()));
        Map<String, Integer> places = new LinkedHashMap<>();
        for (OutputColumn part : whole.parts()) {
            places.put(part.name(), place(part, columns, taken, useSelected));
        }
        KeyPlaces all = new KeyPlaces(
                places,
                place(RowKey.GROUPING_ID, whole.groupingId(), columns, taken),
                place(RowKey.BRANCH, whole.branch(), columns, taken),
                whole.branches());
        return new Layout(columns, columns.size() - selected.size(), all);
    }

    private int place(
            String name,
            @Nullable Expression expression,
            List<OutputColumn> columns,
            Set<String> taken) {
        return expression == null
                ? -1
                : place(new OutputColumn(name, expression), columns, taken, false);
    }

    /** The column that a part of the key is, preferably one of its name; a hidden one if none is. */
    private int place(
            OutputColumn part, List<OutputColumn> columns, Set<String> taken, boolean useSelected) {
        Expression expression = part.expression().folded();
        int found = -1;
        for (int i = useSelected ? columns.size() - 1 : -1; i >= 0; i--) {
            boolean is = columns.get(i).expression().equals(expression);
            if (is && columns.get(i).name().equals(part.name())) {
                return i;
            }
            found = is ? i : found;
        }
        if (found >= 0) {
            return found;
        }
        String name = Links.free(part.name(), taken);
        taken.add(name);
        columns.add(new OutputColumn(name, expression));
        return columns.size() - 1;
    }

    /** Adds the link whose rows are the results, and tells its number. */
    int addTo(Links links, Layout layout) {
        return links.addResult(draft, layout, own, key);
    }
}
