package io.tidewatch.kernel.expression;

import java.util.List;
import java.util.function.IntFunction;

/** Collects the SQL text of an expression. */
final class SqlText {
    private final StringBuilder text = new StringBuilder();
    private final IntFunction<String> columnNames;

    SqlText(IntFunction<String> columnNames) {
        this.columnNames = columnNames;
    }

    SqlText write(Expression expression) {
        expression.write(this);
        return this;
    }

    /** The expression, in parentheses unless it stands for itself. */
    SqlText operand(Expression expression) {
        boolean plain = expression instanceof ColumnReference
                || expression instanceof Literal
                || expression instanceof FunctionCall
                || expression instanceof Cast;
        return plain ? write(expression) : append("(").write(expression).append(")");
    }

    SqlText list(List<Expression> expressions, String separator) {
        for (int i = 0; i < expressions.size(); i++) {
            if (i > 0) {
                text.append(separator);
            }
            expressions.get(i).write(this);
        }
        return this;
    }

    SqlText append(String sql) {
        text.append(sql);
        return this;
    }

    SqlText column(int index) {
        text.append(columnNames.apply(index));
        return this;
    }

    SqlText string(String value) {
        text.append('\'').append(value.replace("'", "''")).append('\'');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
