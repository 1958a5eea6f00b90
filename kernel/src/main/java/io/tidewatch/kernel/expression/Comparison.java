package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/**
 * {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >} and {@code >=} of two operands of one kind, or of BIGINT and
 * DECIMAL of any scale, which are compared exactly.
 *
 * <p>Every type is totally ordered, so the six operators come down to two loops, "equal" and "less", whose operands may be
 * exchanged and whose answer may be negated.
 */
final class Comparison extends Expression {
    private final ComparisonOperator operator;

    Comparison(ComparisonOperator operator, Expression left, Expression right) {
        super(Type.BOOLEAN, List.of(left, right), operator.name());
        this.operator = operator;
    }

    ComparisonOperator operator() {
        return operator;
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Column left = evaluation.column(operand(0), selection);
        boolean[] out = evaluation.booleans();
        if (operand(1) instanceof Literal literal
                && literal.value() != null
                && compareWithLiteral(left, literal, selection, out)) {
            return new BooleanColumn(evaluation.rowCount(), out, left.nulls());
        }
        Column right = evaluation.column(operand(1), selection);
        Nulls nulls = Nulls.of(evaluation, selection, left, right);
        compareColumns(left, right, selection, nulls, out);
        return new BooleanColumn(evaluation.rowCount(), out, nulls.mask());
    }

    /** False if there is no loop for a single value of this kind. */
    private boolean compareWithLiteral(
            Column left, Literal literal, Selection selection, boolean[] out) {
        if (left instanceof LongColumn longs && sameScale()) {
            LongComparisons.withConstant(
                    operator, longs.values(), literal.asLong(), selection, out);
            return true;
        }
        if (left instanceof DoubleColumn doubles) {
            DoubleComparisons.withConstant(
                    operator, doubles.values(), literal.asDouble(), selection, out);
            return true;
        }
        if (left instanceof BytesColumn bytes) {
            BytesComparisons.withConstant(operator, bytes, literal.asBytes(), selection, out);
            return true;
        }
        return false;
    }

    private void compareColumns(
            Column left, Column right, Selection selection, Nulls nulls, boolean[] out) {
        if (left instanceof LongColumn a && right instanceof LongColumn b) {
            if (sameScale()) {
                LongComparisons.columns(operator, a.values(), b.values(), selection, out);
            } else {
                compareScaled(a.values(), b.values(), selection, nulls, out);
            }
        } else if (left instanceof DoubleColumn a && right instanceof DoubleColumn b) {
            DoubleComparisons.columns(operator, a.values(), b.values(), selection, out);
        } else if (left instanceof BytesColumn a && right instanceof BytesColumn b) {
            BytesComparisons.columns(operator, a, b, selection, out);
        } else if (left instanceof BooleanColumn a && right instanceof BooleanColumn b) {
            compareBooleans(operator, a.values(), b.values(), selection, out);
        } else {
            throw new IllegalStateException("operands of " + this);
        }
    }

    private boolean sameScale() {
        return operand(0).type().scale() == operand(1).type().scale();
    }

    private void compareScaled(
            long[] a, long[] b, Selection selection, Nulls nulls, boolean[] out) {
        int aScale = operand(0).type().scale();
        int bScale = operand(1).type().scale();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!nulls.isNull(row)) {
                out[row] = operator.holds(Decimals.compare(a[row], aScale, b[row], bScale));
            }
        }
    }

    private static void compareBooleans(
            ComparisonOperator operator,
            boolean[] a,
            boolean[] b,
            Selection selection,
            boolean[] out) {
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            out[row] = operator.holds(Boolean.compare(a[row], b[row]));
        }
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new Comparison(operator, newOperands.get(0), newOperands.get(1));
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0)).append(" " + operator.sql() + " ").operand(operand(1));
    }
}
