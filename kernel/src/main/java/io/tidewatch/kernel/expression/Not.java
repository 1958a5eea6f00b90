package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NOT. */
final class Not extends Expression {
    Not(Expression operand) {
        super(Type.BOOLEAN, List.of(operand), null);
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        BooleanColumn operand = (BooleanColumn) evaluation.column(operand(0), selection);
        boolean[] values = evaluation.booleans();
        negate(operand.values(), values, selection.rows(), selection.size());
        return new BooleanColumn(evaluation.rowCount(), values, operand.nulls());
    }

    private static void negate(boolean[] a, boolean[] out, int @Nullable [] rows, int size) {
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = !a[row];
            }
        } else {
            for (int i = 0; i < size; i++) {
                out[rows[i]] = !a[rows[i]];
            }
        }
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new Not(newOperands.get(0));
    }

    @Override
    void write(SqlText out) {
        out.append("NOT ").operand(operand(0));
    }
}
