package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/** Exact arithmetic on DECIMAL, and on DECIMAL with BIGINT. A quotient is rounded half up to the scale of the type. */
final class DecimalArithmetic extends Expression {
    private final ArithmeticOperator operator;

    DecimalArithmetic(Type type, ArithmeticOperator operator, Expression left, Expression right) {
        super(type, List.of(left, right), operator.name());
        this.operator = operator;
    }

    ArithmeticOperator operator() {
        return operator;
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        LongColumn left = (LongColumn) evaluation.column(operand(0), selection);
        LongColumn right = (LongColumn) evaluation.column(operand(1), selection);
        Nulls nulls = Nulls.of(evaluation, selection, left, right);
        long[] a = left.values();
        long[] b = right.values();
        long[] out = evaluation.longs();
        int[] rows = selection.rows();
        for (int i = 0; i < selection.size(); i++) {
            int row = rows == null ? i : rows[i];
            if (nulls.isNull(row)) {
                continue;
            }
            boolean byZero = b[row] == 0 && operator.compareTo(ArithmeticOperator.DIVIDE) >= 0;
            long result = byZero ? Decimals.OVERFLOW : apply(a[row], b[row]);
            out[row] = result;
            if (result == Decimals.OVERFLOW) {
                ErrorCode code = byZero ? ErrorCode.DIVISION_BY_ZERO : ErrorCode.NUMERIC_OVERFLOW;
                nulls.fail(row, code, Arithmetic.reason(code, type()), this);
            }
        }
        return new LongColumn(evaluation.rowCount(), out, nulls.mask());
    }

    private long apply(long a, long b) {
        int aScale = operand(0).type().scale();
        int bScale = operand(1).type().scale();
        int scale = type().scale();
        return switch (operator) {
            case ADD -> Decimals.add(a, factor(aScale), b, factor(bScale));
            case SUBTRACT -> Decimals.subtract(a, factor(aScale), b, factor(bScale));
            case MULTIPLY -> Decimals.multiply(a, b);
            case DIVIDE -> Decimals.divide(a, scale - aScale + bScale, b);
            case MODULO -> Decimals.remainder(a, factor(aScale), b, factor(bScale));
        };
    }

    private long factor(int scale) {
        return Decimals.powerOfTen(type().scale() - scale);
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new DecimalArithmetic(type(), operator, newOperands.get(0), newOperands.get(1));
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0)).append(" " + operator.sql() + " ").operand(operand(1));
    }
}
