package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import java.util.List;

/** The unary minus of a number or an interval. */
final class Negation extends Expression {
    Negation(Expression operand) {
        super(operand.type(), List.of(operand), null);
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Column operand = evaluation.column(operand(0), selection);
        return operand instanceof DoubleColumn doubles
                ? negate(evaluation, selection, doubles)
                : negate(evaluation, selection, (LongColumn) operand);
    }

    private static Column negate(Evaluation evaluation, Selection selection, DoubleColumn operand) {
        double[] out = evaluation.doubles();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            out[row] = -operand.value(row);
        }
        return new DoubleColumn(evaluation.rowCount(), out, operand.nulls());
    }

    private Column negate(Evaluation evaluation, Selection selection, LongColumn operand) {
        Nulls nulls = Nulls.of(evaluation, selection, operand);
        long[] out = evaluation.longs();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            out[row] = -operand.value(row);
            if (out[row] == Long.MIN_VALUE && !nulls.isNull(row)) {
                ErrorCode code = ErrorCode.NUMERIC_OVERFLOW;
                nulls.fail(row, code, Arithmetic.reason(code, type()), this);
            }
        }
        return new LongColumn(evaluation.rowCount(), out, nulls.mask());
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new Negation(newOperands.get(0));
    }

    @Override
    void write(SqlText out) {
        out.append("-").operand(operand(0));
    }
}
