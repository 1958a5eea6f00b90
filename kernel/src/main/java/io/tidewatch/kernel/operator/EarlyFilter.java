package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Failures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drops rows of a source before they are joined, where no input that shares the join wants them.
 *
 * <p>An input's filter is a list of conditions, asked from left to right. As long as they read columns of the source alone,
 * they can be asked before the join: a row for which they are FALSE would be dropped behind it too, and nothing else would
 * have been asked of it. Rows for which they are NULL or fail are joined, so that what comes next is as without this.
 *
 * <p>Where all conditions of all inputs read the source alone, and none fails, what they say need not be asked again.
 */
public final class EarlyFilter {
    private final List<LinkInput> inputs = new ArrayList<>();
    /** Per input what is TRUE for rows that it does not want; empty if one of them may want any row. */
    private @Nullable List<Expression> refusals;
    /** The filters of all inputs, if they read the source alone; otherwise empty. */
    private Set<Expression> filters = Set.of();

    private final Map<Expression, BooleanColumn> answers = new LinkedHashMap<>();
    private boolean[] wanted = new boolean[0];
    private int[] kept = new int[0];

    /** Adds an input that reads the source, before the first rows. */
    public void add(LinkInput input) {
        inputs.add(input);
    }

    /**
     * The rows of {@code selection} that have to be joined.
     *
     * @param evaluation started with the batch of the rows
     */
    public Selection of(SourceRows rows, Selection selection, Evaluation evaluation) {
        if (refusals == null) {
            int sourceColumns = rows.batch().schema().size();
            refusals = refusals(sourceColumns);
            filters = filters(sourceColumns);
        }
        answers.clear();
        if (refusals.isEmpty() || selection.isEmpty()) {
            return selection;
        }
        if (!filters.isEmpty() && ask(selection, evaluation)) {
            return anyTrue(selection, rows.rowCount());
        }
        Selection dropped = selection;
        for (int i = 0; i < refusals.size() && !dropped.isEmpty(); i++) {
            evaluation.beginScope();
            Selection refused = evaluation.filter(refusals.get(i), selection);
            Failures failures = evaluation.endScope();
            dropped = Selections.intersect(dropped, failures.without(refused));
        }
        return evaluation.minus(selection, dropped);
    }

    /**
     * What the filters of all inputs said of the rows that {@link #of} was last asked for; empty if one may yet say something
     * else, or fail.
     */
    public Map<Expression, BooleanColumn> answers() {
        return answers;
    }

    /** Asks the filters; false if one failed. */
    private boolean ask(Selection selection, Evaluation evaluation) {
        evaluation.beginScope();
        for (Expression filter : filters) {
            answers.put(filter, (BooleanColumn) evaluation.column(filter, selection));
        }
        if (!evaluation.endScope().isEmpty()) {
            answers.clear();
        }
        return !answers.isEmpty();
    }

    /** The rows for which a filter is TRUE. */
    private Selection anyTrue(Selection selection, int rowCount) {
        if (wanted.length < rowCount) {
            wanted = new boolean[rowCount];
        }
        Arrays.fill(wanted, 0, rowCount, false);
        for (BooleanColumn answer : answers.values()) {
            boolean[] values = answer.values();
            boolean[] nulls = answer.nulls();
            for (int row = 0; row < rowCount; row++) {
                wanted[row] |= values[row] && (nulls == null || !nulls[row]);
            }
        }
        if (kept.length < selection.size()) {
            kept = new int[selection.size()];
        }
        int count = 0;
        for (int i = 0; i < selection.size(); i++) {
            kept[count] = selection.row(i);
            count += wanted[selection.row(i)] ? 1 : 0;
        }
        return Selection.of(kept, count);
    }

    private Set<Expression> filters(int sourceColumns) {
        Set<Expression> found = new LinkedHashSet<>();
        for (LinkInput input : inputs) {
            if (input.filter() == null || !readsOnly(input.filter(), sourceColumns)) {
                return Set.of();
            }
            found.add(input.filter());
        }
        return found;
    }

    private List<Expression> refusals(int sourceColumns) {
        List<Expression> found = new ArrayList<>();
        for (LinkInput input : inputs) {
            List<Expression> conditions =
                    canFailBefore(input) ? List.of() : leadingConditions(input, sourceColumns);
            if (conditions.isEmpty()) {
                return List.of();
            }
            found.add(Expressions.isFalse(Expressions.and(conditions)));
        }
        return List.copyOf(new LinkedHashSet<>(found));
    }

    /** Whether the join itself may set a row aside, which it then must see. */
    private static boolean canFailBefore(LinkInput input) {
        // A row whose windows would reach beyond all time fails, whatever its time is.
        return input.expansion() != null
                || input.lookups().stream()
                        .flatMap(lookup -> lookup.keys().stream())
                        .anyMatch(EarlyFilter::isComputed);
    }

    private static boolean isComputed(Expression expression) {
        return !expression.operands().isEmpty();
    }

    private static List<Expression> leadingConditions(LinkInput input, int sourceColumns) {
        List<Expression> leading = new ArrayList<>();
        if (input.filter() != null) {
            for (Expression condition : Expressions.conditions(input.filter())) {
                if (!readsOnly(condition, sourceColumns)) {
                    break;
                }
                leading.add(condition);
            }
        }
        return leading;
    }

    private static boolean readsOnly(Expression expression, int columns) {
        boolean[] within = {true};
        expression.forEachColumn(column -> within[0] &= column < columns);
        return within[0];
    }
}
