package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIKE with a literal pattern, over bytes. */
final class Like extends Expression {
    private final LikePattern pattern;
    private final byte @Nullable [] prefix;

    private Like(List<Expression> operands, LikePattern pattern) {
        super(Type.BOOLEAN, operands, null);
        this.pattern = pattern;
        this.prefix = pattern.onlyPrefix();
    }

    static Expression of(Expression value, Expression pattern, @Nullable Expression escape) {
        List<Expression> operands = new ArrayList<>(List.of(value, pattern));
        if (escape != null) {
            operands.add(escape);
        }
        for (Expression operand : operands) {
            if (operand.type().kind() != TypeKind.VARCHAR) {
                throw Expressions.invalid("LIKE needs strings, but " + operand + " is "
                        + operand.type() + "; CAST it to VARCHAR");
            }
        }
        for (Expression operand : operands.subList(1, operands.size())) {
            if (!(operand instanceof Literal literal)) {
                throw Expressions.invalid("the pattern of LIKE must be a string literal, not "
                        + operand + "; use POSITION or STARTS_WITH with computed strings");
            }
            if (literal.isNullLiteral()) {
                return Expressions.literal(Type.BOOLEAN, null);
            }
        }
        String escapeText = escape == null ? null : ((Literal) escape).asString();
        LikePattern compiled = LikePattern.compile(((Literal) pattern).asString(), escapeText);
        return new Like(operands, compiled);
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        BytesColumn column = (BytesColumn) evaluation.column(operand(0), selection);
        boolean[] out = evaluation.booleans();
        if (prefix != null) {
            BytesComparisons.startsWith(column, prefix, selection, out);
            return new BooleanColumn(evaluation.rowCount(), out, column.nulls());
        }
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!column.isNull(row)) {
                out[row] = pattern.matches(column.bytes(), column.start(row), column.length(row));
            }
        }
        return new BooleanColumn(evaluation.rowCount(), out, column.nulls());
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new Like(newOperands, pattern);
    }

    @Override
    void write(SqlText out) {
        out.operand(operand(0)).append(" LIKE ").write(operand(1));
        if (operands().size() > 2) {
            out.append(" ESCAPE ").write(operand(2));
        }
    }
}
