package io.tidewatch.kernel.expression;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AND and OR of any number of operands. One value decides (FALSE for AND, TRUE for OR); an operand is evaluated only over
 * the rows that nothing before it has decided.
 */
final class Connective extends Expression {
    private final boolean isAnd;

    Connective(boolean isAnd, List<Expression> operands) {
        super(Type.BOOLEAN, operands, isAnd);
        this.isAnd = isAnd;
    }

    boolean isAnd() {
        return isAnd;
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        boolean deciding = !isAnd;
        boolean[] values = evaluation.booleans();
        boolean[] nulls = null;
        fill(values, isAnd, selection);
        Selection open = selection;
        for (int i = 0; i < operands().size() && !open.isEmpty(); i++) {
            BooleanColumn column = (BooleanColumn) evaluation.column(operand(i), open);
            if (column.nulls() != null && nulls == null) {
                nulls = evaluation.booleans();
                fill(nulls, false, selection);
            }
            int[] stillOpen = evaluation.ints();
            int count = nulls == null
                    ? decide(column.values(), deciding, open, values, stillOpen)
                    : decideWithNulls(
                            column,
                            deciding,
                            open,
                            new BooleanColumn(evaluation.rowCount(), values, nulls),
                            stillOpen);
            open = evaluation.narrowed(open, stillOpen, count);
        }
        return new BooleanColumn(evaluation.rowCount(), values, nulls);
    }

    private static void fill(boolean[] target, boolean value, Selection selection) {
        int[] rows = selection.rows();
        for (int i = 0; i < selection.size(); i++) {
            target[rows == null ? i : rows[i]] = value;
        }
    }

    private static int decide(
            boolean[] operand,
            boolean deciding,
            Selection open,
            boolean[] values,
            int[] stillOpen) {
        int @Nullable [] rows = open.rows();
        int size = open.size();
        int count = 0;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            boolean decided = operand[row] == deciding;
            values[row] = operand[row];
            stillOpen[count] = row;
            count += decided ? 0 : 1;
        }
        return count;
    }

    private static int decideWithNulls(
            BooleanColumn operand,
            boolean deciding,
            Selection open,
            BooleanColumn result,
            int[] stillOpen) {
        boolean[] values = result.values();
        boolean[] nulls = requireNonNull(result.nulls());
        int count = 0;
        for (int i = 0; i < open.size(); i++) {
            int row = open.row(i);
            if (operand.isNull(row)) {
                nulls[row] = true;
                stillOpen[count++] = row;
            } else if (operand.value(row) == deciding) {
                nulls[row] = false;
                values[row] = deciding;
            } else {
                stillOpen[count++] = row;
            }
        }
        return count;
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new Connective(isAnd, newOperands);
    }

    @Override
    void write(SqlText out) {
        for (int i = 0; i < operands().size(); i++) {
            out.append(i == 0 ? "" : isAnd ? " AND " : " OR ").operand(operand(i));
        }
    }
}
