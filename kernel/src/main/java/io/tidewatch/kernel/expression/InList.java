package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code value IN (literals)}: the literals are of the type of the value (numbers of the same scale), and looked up in a
 * set. Lists of anything else become {@code value = a OR value = b …}, which means the same.
 */
final class InList extends Expression {
    private final ValueSet set;
    private final boolean hasNull;

    private InList(List<Expression> operands) {
        super(Type.BOOLEAN, operands, null);
        List<Literal> literals = new ArrayList<>();
        boolean anyNull = false;
        for (Expression operand : operands.subList(1, operands.size())) {
            Literal literal = (Literal) operand;
            if (literal.isNullLiteral()) {
                anyNull = true;
            } else {
                literals.add(literal);
            }
        }
        set = ValueSet.of(operands.get(0).type(), literals);
        hasNull = anyNull;
    }

    static Expression of(Expression value, List<Expression> list) {
        if (list.isEmpty()) {
            throw Expressions.invalid("IN needs at least one value, after " + value);
        }
        List<Expression> equalities = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        operands.add(value);
        Expression compared = value;
        boolean allLiterals = value.type().kind() != TypeKind.BOOLEAN;
        for (Expression element : list) {
            equalities.add(Expressions.comparison(ComparisonOperator.EQUAL, value, element));
            allLiterals &= element instanceof Literal;
            if (element.type().kind() == TypeKind.DOUBLE) {
                compared = Expressions.coerced(value, Type.DOUBLE);
            }
        }
        if (!allLiterals || value instanceof Literal) {
            return Expressions.or(equalities);
        }
        operands.set(0, compared);
        for (Expression element : list) {
            Literal literal = sameType((Literal) element, compared.type());
            if (literal == null) {
                return Expressions.or(equalities);
            }
            operands.add(literal);
        }
        return new InList(operands);
    }

    /** The literal as exactly that type, or {@code null} if it has more digits than the type. */
    private static @Nullable Literal sameType(Literal literal, Type type) {
        if (literal.isNullLiteral()) {
            return new Literal(type, null);
        }
        if (literal.type().kind() == type.kind() && type.kind() != TypeKind.DECIMAL) {
            return literal;
        }
        if (type.kind() == TypeKind.DOUBLE) {
            return (Literal) Expressions.coerced(literal, type);
        }
        BigDecimal number = BigDecimal.valueOf(literal.asLong(), literal.type().scale());
        try {
            BigDecimal exact = number.setScale(type.scale());
            long unscaled = exact.unscaledValue().longValueExact();
            return new Literal(type, type.kind() == TypeKind.BIGINT ? (Object) unscaled : exact);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Column column = evaluation.column(operand(0), selection);
        Nulls nulls = Nulls.of(evaluation, selection, column);
        boolean[] out = evaluation.booleans();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (nulls.isNull(row)) {
                continue;
            }
            out[row] = contains(column, row);
            if (hasNull && !out[row]) {
                nulls.add(row);
            }
        }
        return new BooleanColumn(evaluation.rowCount(), out, nulls.mask());
    }

    private boolean contains(Column column, int row) {
        if (column instanceof LongColumn longs) {
            return set.contains(longs.value(row));
        }
        if (column instanceof DoubleColumn doubles) {
            return set.contains(doubles.value(row));
        }
        BytesColumn bytes = (BytesColumn) column;
        return set.contains(bytes.bytes(), bytes.start(row), bytes.length(row));
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new InList(newOperands);
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0))
                .append(" IN (")
                .list(operands().subList(1, operands().size()), ", ")
                .append(")");
    }
}
