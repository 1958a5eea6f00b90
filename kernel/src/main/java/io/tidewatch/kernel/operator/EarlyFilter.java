package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Failures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
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
    private List<Expression> filters = List.of();
    /** Per filter what it said of the rows that were last asked for, if {@link #answered}. */
    private BooleanColumn[] answers = {};

    private boolean answered;
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
            answers = new BooleanColumn[filters.size()];
        }
        answered = false;
        if (refusals.isEmpty() || selection.isEmpty()) {
            return selection;
        }
        if (!filters.isEmpty()) {
            answered = ask(selection, evaluation);
        }
        if (answered) {
            return filters.size() == 1
                    ? evaluation.filter(filters.get(0), selection)
                    : anyTrue(selection, rows.rowCount());
        }
        return evaluation.minus(selection, refused(selection, evaluation));
    }

    /** The rows that no input wants. */
    private Selection refused(Selection selection, Evaluation evaluation) {
        List<Expression> asked = requireNonNull(refusals, "refusals");
        Selection dropped = selection;
        for (int i = 0; i < asked.size() && !dropped.isEmpty(); i++) {
            evaluation.beginScope();
            Selection refused = evaluation.filter(asked.get(i), selection);
            Failures failures = evaluation.endScope();
            dropped = Selections.intersect(dropped, failures.without(refused));
        }
        return dropped;
    }

    /**
     * Whether the filters of all inputs are answered for the rows that {@link #of} was last asked for: none may yet say something
     * else, or fail.
     */
    public boolean isAnswered() {
        return answered;
    }

    /**
     * Tells what the filters say of the rows that were joined last, if they {@linkplain #isAnswered are answered}.
     *
     * @param all of the joined rows
     * @param evaluation started with the batch of the joined rows
     */
    public void tell(JoinedRows joined, Selection all, Evaluation evaluation) {
        if (!answered) {
            return;
        }
        if (filters.size() == 1) {
            evaluation.knowTrue(filters.get(0), all);
            return;
        }
        for (int i = 0; i < answers.length; i++) {
            evaluation.know(filters.get(i), all, answers[i], joined.origins());
        }
    }

    /** Asks the filters; false if one failed. */
    private boolean ask(Selection selection, Evaluation evaluation) {
        evaluation.beginScope();
        for (int i = 0; i < answers.length; i++) {
            answers[i] = (BooleanColumn) evaluation.column(filters.get(i), selection);
        }
        return evaluation.endScope().isEmpty();
    }

    /** The rows for which a filter is TRUE. */
    private Selection anyTrue(Selection selection, int rowCount) {
        if (wanted.length < rowCount) {
            wanted = new boolean[rowCount];
        }
        Arrays.fill(wanted, 0, rowCount, false);
        for (BooleanColumn answer : answers) {
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

    private List<Expression> filters(int sourceColumns) {
        Set<Expression> found = new LinkedHashSet<>();
        for (LinkInput input : inputs) {
            if (input.filter() == null || !readsOnly(input.filter(), sourceColumns)) {
                return List.of();
            }
            found.add(input.filter());
        }
        return List.copyOf(found);
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
