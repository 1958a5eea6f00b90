package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A branch of the results. Its rows have all of their key among their columns, so that other monitors can read it.
 *
 * @param columns over the shaped row: those that are selected, then {@code hidden} parts of the key that are not
 * @param key over the shaped row; empty where rows have that of the rows they come from
 * @param keyColumns the names of the parts of the key, also of one that is passed on, and their places in {@code columns}
 */
record Branch(
        Draft draft,
        List<OutputColumn> columns,
        int hidden,
        List<OutputColumn> key,
        Map<String, Integer> keyColumns) {
    /**
     * @param selected the columns of the results
     * @param own the key that the branch makes itself, or nothing
     */
    static Branch of(Draft draft, List<OutputColumn> selected, List<OutputColumn> own) {
        List<OutputColumn> key = own.isEmpty() ? draft.keys() : own;
        List<OutputColumn> columns = new ArrayList<>(selected);
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(List.of(Relations.WINDOW_START, Relations.WINDOW_END));
        selected.forEach(column -> taken.add(column.name()));
        Map<String, Integer> places = new LinkedHashMap<>();
        for (OutputColumn part : key) {
            int place = place(part, columns);
            if (place == columns.size()) {
                String name = Links.free(part.name(), taken);
                taken.add(name);
                columns.add(new OutputColumn(name, part.expression().folded()));
            }
            places.put(part.name(), place);
        }
        return new Branch(draft, columns, columns.size() - selected.size(), own, places);
    }

    /** The column that a part of the key is, preferably one of its name; the one behind the last if none is. */
    private static int place(OutputColumn part, List<OutputColumn> columns) {
        int found = columns.size();
        Expression expression = part.expression().folded();
        for (int i = columns.size() - 1; i >= 0; i--) {
            boolean is = columns.get(i).expression().equals(expression);
            if (is && columns.get(i).name().equals(part.name())) {
                return i;
            }
            found = is ? i : found;
        }
        return found;
    }

    /** The branches with columns that are the same in all; they lack the hidden ones if these are not. */
    static List<Branch> alike(List<Branch> branches) {
        Branch first = branches.get(0);
        boolean alike = branches.stream()
                .allMatch(branch -> branch.hiddenFields().equals(first.hiddenFields())
                        && branch.keyColumns.equals(first.keyColumns));
        return alike ? branches : branches.stream().map(Branch::bare).toList();
    }

    private List<Field> hiddenFields() {
        return columns.subList(columns.size() - hidden, columns.size()).stream()
                .map(column -> new Field(column.name(), column.expression().type()))
                .toList();
    }

    private Branch bare() {
        return new Branch(draft, columns.subList(0, columns.size() - hidden), 0, key, Map.of());
    }

    /** Adds the link whose rows are the results, and tells its number. */
    int addTo(Links links) {
        return links.addResult(draft, columns, key, hidden);
    }
}
