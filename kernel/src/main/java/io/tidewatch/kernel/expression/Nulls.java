package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The null mask of a result while it is made: the union of the operands' masks, and rows that the operation adds. Masks of
 * operands are shared until something is added to them.
 */
final class Nulls {
    private final Evaluation evaluation;
    private final Selection selection;
    private boolean @Nullable [] mask;
    private boolean owned;

    private Nulls(Evaluation evaluation, Selection selection) {
        this.evaluation = evaluation;
        this.selection = selection;
    }

    static Nulls of(Evaluation evaluation, Selection selection, Column... operands) {
        Nulls nulls = new Nulls(evaluation, selection);
        for (Column operand : operands) {
            nulls.unite(operand.nulls());
        }
        return nulls;
    }

    boolean @Nullable [] mask() {
        return mask;
    }

    boolean isNull(int row) {
        return mask != null && mask[row];
    }

    void add(int row) {
        owned()[row] = true;
    }

    /** Reports a failure and makes the row NULL. */
    void fail(int row, ErrorCode code, String what, Expression where) {
        evaluation.fail(row, code, what, where);
        add(row);
    }

    private void unite(boolean @Nullable [] other) {
        if (other == null || other == mask) {
            return;
        }
        if (mask == null) {
            mask = other;
            return;
        }
        boolean[] united = owned();
        int[] rows = selection.rows();
        int size = selection.size();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            united[row] |= other[row];
        }
    }

    private boolean[] owned() {
        boolean[] shared = mask;
        if (owned && shared != null) {
            return shared;
        }
        boolean[] copy = evaluation.booleans();
        int[] rows = selection.rows();
        int size = selection.size();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            copy[row] = shared != null && shared[row];
        }
        mask = copy;
        owned = true;
        return copy;
    }
}
