package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/** COALESCE: the first operand that is not NULL; an operand is evaluated over the rows where all before it are NULL. */
final class Coalesce extends Expression {
    Coalesce(Type type, List<Expression> operands) {
        super(type, operands, null);
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Column first = evaluation.column(operand(0), selection);
        if (first.nulls() == null) {
            return first;
        }
        Merger merger = new Merger(evaluation, type());
        merger.put(first, selection);
        Selection open = rowsWhereNull(evaluation, first, selection);
        for (int i = 1; i < operands().size() && !open.isEmpty(); i++) {
            Column next = evaluation.column(operand(i), open);
            merger.put(next, open);
            open = rowsWhereNull(evaluation, next, open);
        }
        return merger.finish();
    }

    private static Selection rowsWhereNull(
            Evaluation evaluation, Column column, Selection selection) {
        int[] rows = evaluation.ints();
        int count = 0;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            rows[count] = row;
            count += column.isNull(row) ? 1 : 0;
        }
        return evaluation.narrowed(selection, rows, count);
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new Coalesce(type(), newOperands);
    }

    @Override
    void write(SqlText out) {
        out.append("COALESCE(").list(operands(), ", ").append(")");
    }
}
