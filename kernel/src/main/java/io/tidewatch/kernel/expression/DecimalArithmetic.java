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
    /** What brings the operands to the scale of the result, for all but products and quotients. */
    private final long leftFactor;

    private final long rightFactor;
    /** The places by which a dividend is moved for the quotient to have its scale. */
    private final int dividendPlaces;

    DecimalArithmetic(Type type, ArithmeticOperator operator, Expression left, Expression right) {
        super(type, List.of(left, right), operator.name());
        this.operator = operator;
        int scale = type.scale();
        boolean aligns = scale >= left.type().scale() && scale >= right.type().scale();
        leftFactor = aligns ? Decimals.powerOfTen(scale - left.type().scale()) : 1;
        rightFactor = aligns ? Decimals.powerOfTen(scale - right.type().scale()) : 1;
        dividendPlaces = scale - left.type().scale() + right.type().scale();
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
        return switch (operator) {
            case ADD -> Decimals.add(a, leftFactor, b, rightFactor);
            case SUBTRACT -> Decimals.subtract(a, leftFactor, b, rightFactor);
            case MULTIPLY -> Decimals.multiply(a, b);
            case DIVIDE -> Decimals.divide(a, dividendPlaces, b);
            case MODULO -> Decimals.remainder(a, leftFactor, b, rightFactor);
        };
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
