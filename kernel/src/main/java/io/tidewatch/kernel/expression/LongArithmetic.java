package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on {@code long} values of one unit: BIGINT, INTERVAL, and TIMESTAMP with INTERVAL. Division truncates.
 *
 * <p>The loops ignore NULL and only notice whether any row overflowed; then a second, slower pass finds which.
 */
final class LongArithmetic extends Expression {
    private final ArithmeticOperator operator;

    LongArithmetic(Type type, ArithmeticOperator operator, Expression left, Expression right) {
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
        boolean suspicious =
                switch (operator) {
                    case ADD -> add(a, b, out, selection) < 0;
                    case SUBTRACT -> subtract(a, b, out, selection) < 0;
                    case MULTIPLY -> multiply(a, b, out, selection) != 0;
                    case DIVIDE -> divide(a, b, out, selection);
                    case MODULO -> modulo(a, b, out, selection);
                };
        if (type().kind() == TypeKind.TIMESTAMP) {
            suspicious |= leavesTimestamps(out, selection);
        }
        if (suspicious) {
            for (int i = 0; i < selection.size(); i++) {
                int row = selection.row(i);
                ErrorCode code = nulls.isNull(row) ? null : failure(a[row], b[row]);
                if (code != null) {
                    nulls.fail(row, code, Arithmetic.reason(code, type()), this);
                }
            }
        }
        return new LongColumn(evaluation.rowCount(), out, nulls.mask());
    }

    /** Negative if a row overflowed: exactly then both operands differ in sign from their sum. */
    private static long add(long[] a, long[] b, long[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        long overflow = 0;
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                long sum = a[row] + b[row];
                out[row] = sum;
                overflow |= (a[row] ^ sum) & (b[row] ^ sum);
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                long sum = a[row] + b[row];
                out[row] = sum;
                overflow |= (a[row] ^ sum) & (b[row] ^ sum);
            }
        }
        return overflow;
    }

    private static long subtract(long[] a, long[] b, long[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        long overflow = 0;
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                long difference = a[row] - b[row];
                out[row] = difference;
                overflow |= (a[row] ^ b[row]) & (a[row] ^ difference);
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                long difference = a[row] - b[row];
                out[row] = difference;
                overflow |= (a[row] ^ b[row]) & (a[row] ^ difference);
            }
        }
        return overflow;
    }

    /** Not zero if a row overflowed: then the high half is more than the sign of the low half. */
    private static long multiply(long[] a, long[] b, long[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        long overflow = 0;
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                long product = a[row] * b[row];
                out[row] = product;
                overflow |= Math.multiplyHigh(a[row], b[row]) ^ product >> 63;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                long product = a[row] * b[row];
                out[row] = product;
                overflow |= Math.multiplyHigh(a[row], b[row]) ^ product >> 63;
            }
        }
        return overflow;
    }

    private static boolean leavesTimestamps(long[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        boolean leaves = false;
        for (int i = 0; i < size; i++) {
            leaves |= !Calendar.isTimestamp(out[rows == null ? i : rows[i]]);
        }
        return leaves;
    }

    private static boolean divide(long[] a, long[] b, long[] out, Selection selection) {
        int @Nullable [] rows = selection.rows();
        int size = selection.size();
        boolean suspicious = false;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            long divisor = b[row];
            suspicious |= divisor == 0 || divisor == -1;
            out[row] = divisor == 0 ? 0 : a[row] / divisor;
        }
        return suspicious;
    }

    private static boolean modulo(long[] a, long[] b, long[] out, Selection selection) {
        int @Nullable [] rows = selection.rows();
        int size = selection.size();
        boolean suspicious = false;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            long divisor = b[row];
            suspicious |= divisor == 0;
            out[row] = divisor == 0 ? 0 : a[row] % divisor;
        }
        return suspicious;
    }

    private @Nullable ErrorCode failure(long a, long b) {
        boolean overflow =
                switch (operator) {
                    case ADD -> ((a ^ (a + b)) & (b ^ (a + b))) < 0;
                    case SUBTRACT -> ((a ^ b) & (a ^ (a - b))) < 0;
                    case MULTIPLY -> Math.multiplyHigh(a, b) != (a * b) >> 63;
                    case DIVIDE -> a == Long.MIN_VALUE && b == -1;
                    case MODULO -> false;
                };
        boolean divides =
                operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO;
        if (divides && b == 0) {
            return ErrorCode.DIVISION_BY_ZERO;
        }
        overflow |= type().kind() == TypeKind.TIMESTAMP
                && !Calendar.isTimestamp(operator == ArithmeticOperator.ADD ? a + b : a - b);
        return overflow ? ErrorCode.NUMERIC_OVERFLOW : null;
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new LongArithmetic(type(), operator, newOperands.get(0), newOperands.get(1));
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0)).append(" " + operator.sql() + " ").operand(operand(1));
    }
}
