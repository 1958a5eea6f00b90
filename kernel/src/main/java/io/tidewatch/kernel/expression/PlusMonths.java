package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/**
 * TIMESTAMP plus or minus months, in UTC: the same day and time of day of another month, or the last day of that month if
 * it is shorter.
 */
final class PlusMonths extends Expression {
    private final boolean negative;

    PlusMonths(Expression timestamp, Expression months, boolean negative) {
        super(Type.TIMESTAMP, List.of(timestamp, months), negative);
        this.negative = negative;
    }

    boolean isNegative() {
        return negative;
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        LongColumn timestamps = (LongColumn) evaluation.column(operand(0), selection);
        LongColumn months = (LongColumn) evaluation.column(operand(1), selection);
        Nulls nulls = Nulls.of(evaluation, selection, timestamps, months);
        long[] out = evaluation.longs();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (nulls.isNull(row)) {
                continue;
            }
            long count = months.value(row);
            if (count >= -Calendar.MONTHS_MAX && count <= Calendar.MONTHS_MAX) {
                out[row] = Calendar.plusMonthsToMillis(
                        timestamps.value(row), negative ? -count : count);
            } else {
                out[row] = Long.MAX_VALUE;
            }
            if (!Calendar.isTimestamp(out[row])) {
                ErrorCode code = ErrorCode.NUMERIC_OVERFLOW;
                nulls.fail(row, code, Arithmetic.reason(code, type()), this);
            }
        }
        return new LongColumn(evaluation.rowCount(), out, nulls.mask());
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new PlusMonths(newOperands.get(0), newOperands.get(1), negative);
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0)).append(negative ? " - " : " + ").operand(operand(1));
    }
}
