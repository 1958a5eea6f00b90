package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IS NULL, IS TRUE and IS FALSE: tests that are never NULL themselves. Their opposites are made with {@link Not}. */
final class TruthTest extends Expression {
    private final Kind kind;

    enum Kind {
        IS_NULL,
        IS_TRUE,
        IS_FALSE
    }

    TruthTest(Kind kind, Expression operand) {
        super(Type.BOOLEAN, List.of(operand), kind.name());
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Column operand = evaluation.column(operand(0), selection);
        boolean[] nulls = operand.nulls();
        boolean[] out = evaluation.booleans();
        int[] rows = selection.rows();
        int size = selection.size();
        if (kind == Kind.IS_NULL) {
            isNull(nulls, out, rows, size);
        } else {
            boolean[] values = ((BooleanColumn) operand).values();
            isValue(values, nulls, kind == Kind.IS_TRUE, out, selection);
        }
        return new BooleanColumn(evaluation.rowCount(), out, null);
    }

    private static void isNull(
            boolean @Nullable [] nulls, boolean[] out, int @Nullable [] rows, int size) {
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = nulls != null && nulls[row];
        }
    }

    private static void isValue(
            boolean[] values,
            boolean @Nullable [] nulls,
            boolean wanted,
            boolean[] out,
            Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = values[row] == wanted && (nulls == null || !nulls[row]);
        }
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new TruthTest(kind, newOperands.get(0));
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0)).append(" " + kind.name().replace('_', ' '));
    }
}
