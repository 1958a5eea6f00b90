package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/**
 * Arithmetic on DOUBLE as IEEE 754 has it: what is too large becomes infinite. Division by zero, and the remainder of it,
 * fails.
 */
final class DoubleArithmetic extends Expression {
    private final ArithmeticOperator operator;

    DoubleArithmetic(ArithmeticOperator operator, Expression left, Expression right) {
        super(Type.DOUBLE, List.of(left, right), operator.name());
        this.operator = operator;
    }

    ArithmeticOperator operator() {
        return operator;
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        DoubleColumn left = (DoubleColumn) evaluation.column(operand(0), selection);
        DoubleColumn right = (DoubleColumn) evaluation.column(operand(1), selection);
        Nulls nulls = Nulls.of(evaluation, selection, left, right);
        double[] a = left.values();
        double[] b = right.values();
        double[] out = evaluation.doubles();
        boolean byZero =
                switch (operator) {
                    case ADD -> add(a, b, out, selection);
                    case SUBTRACT -> subtract(a, b, out, selection);
                    case MULTIPLY -> multiply(a, b, out, selection);
                    case DIVIDE -> divide(a, b, out, selection);
                    case MODULO -> modulo(a, b, out, selection);
                };
        if (byZero) {
            ErrorCode code = ErrorCode.DIVISION_BY_ZERO;
            for (int i = 0; i < selection.size(); i++) {
                int row = selection.row(i);
                if (b[row] == 0 && !nulls.isNull(row)) {
                    nulls.fail(row, code, Arithmetic.reason(code, type()), this);
                }
            }
        }
        return new DoubleColumn(evaluation.rowCount(), out, nulls.mask());
    }

    private static boolean add(double[] a, double[] b, double[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = a[row] + b[row];
            }
        } else {
            for (int i = 0; i < size; i++) {
                out[rows[i]] = a[rows[i]] + b[rows[i]];
            }
        }
        return false;
    }

    private static boolean subtract(double[] a, double[] b, double[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = a[row] - b[row];
            }
        } else {
            for (int i = 0; i < size; i++) {
                out[rows[i]] = a[rows[i]] - b[rows[i]];
            }
        }
        return false;
    }

    private static boolean multiply(double[] a, double[] b, double[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = a[row] * b[row];
            }
        } else {
            for (int i = 0; i < size; i++) {
                out[rows[i]] = a[rows[i]] * b[rows[i]];
            }
        }
        return false;
    }

    private static boolean divide(double[] a, double[] b, double[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        boolean byZero = false;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = a[row] / b[row];
            byZero |= b[row] == 0;
        }
        return byZero;
    }

    private static boolean modulo(double[] a, double[] b, double[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        boolean byZero = false;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[row] = a[row] % b[row];
            byZero |= b[row] == 0;
        }
        return byZero;
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new DoubleArithmetic(operator, newOperands.get(0), newOperands.get(1));
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0)).append(" " + operator.sql() + " ").operand(operand(1));
    }
}
