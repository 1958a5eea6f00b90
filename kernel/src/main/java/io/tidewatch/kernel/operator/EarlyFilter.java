package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Failures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops rows of a source before they are joined, where no input that shares the join wants them.
 *
 * <p>An input's filter is a list of conditions, asked from left to right. As long as they read columns of the source alone,
 * they can be asked before the join: a row for which they are FALSE would be dropped behind it too, and nothing else would
 * have been asked of it. Rows for which they are NULL or fail are joined, so that what comes next is as without this.
 */
public final class EarlyFilter {
    private final Evaluation evaluation = new Evaluation();
    private final List<LinkInput> inputs = new ArrayList<>();
    /** Per input what is TRUE for rows that it does not want; empty if one of them may want any row. */
    private @Nullable List<Expression> refusals;

    /** Adds an input that reads the source, before the first rows. */
    public void add(LinkInput input) {
        inputs.add(input);
    }

    /** The rows of {@code selection} that have to be joined. */
    public Selection of(SourceRows rows, Selection selection) {
        if (refusals == null) {
            refusals = refusals(rows.batch().schema().size());
        }
        if (refusals.isEmpty()) {
            return selection;
        }
        evaluation.start(rows.batch());
        Selection dropped = selection;
        for (int i = 0; i < refusals.size() && !dropped.isEmpty(); i++) {
            evaluation.beginScope();
            Selection refused = evaluation.filter(refusals.get(i), selection);
            Failures failures = evaluation.endScope();
            dropped = Selections.intersect(dropped, failures.without(refused));
        }
        return Selections.minus(selection, dropped);
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
