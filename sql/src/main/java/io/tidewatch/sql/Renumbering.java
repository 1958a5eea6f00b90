package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/** The new numbers of columns of which some are left out. Columns behind the width move up with the others. */
final class Renumbering {
    private final List<Integer> kept;
    private final int width;

    private Renumbering(List<Integer> kept, int width) {
        this.kept = kept;
        this.width = width;
    }

    static Renumbering of(Set<Integer> kept, int width) {
        return new Renumbering(List.copyOf(new TreeSet<>(kept)), width);
    }

    static Renumbering all(int width) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            all.add(i);
        }
        return new Renumbering(all, width);
    }

    /** How many columns stay. */
    int size() {
        return kept.size();
    }

    int newIndex(int column) {
        if (column >= width) {
            return column - width + kept.size();
        }
        int index = kept.indexOf(column);
        if (index < 0) {
            throw new IllegalStateException("column " + column + " was left out, but is read");
        }
        return index;
    }

    /** The elements that stay. */
    <T> List<T> of(List<T> elements) {
        return kept.stream().map(elements::get).toList();
    }

    /** The expression over columns with other numbers. */
    static Expression apply(Expression expression, IntUnaryOperator index) {
        List<Expression> columns = new ArrayList<>();
        collect(expression, columns, index);
        return expression.withColumns(columns);
    }

    static List<Expression> apply(List<Expression> expressions, IntUnaryOperator index) {
        return expressions.stream().map(expression -> apply(expression, index)).toList();
    }

    /** Puts what each column that is read becomes into its place. */
    private static void collect(
            Expression expression, List<Expression> columns, IntUnaryOperator index) {
        boolean isColumn = expression.operands().isEmpty() && !expression.isConstant();
        if (isColumn) {
            expression.forEachColumn(column -> {
                while (columns.size() <= column) {
                    columns.add(Expressions.literal(Type.BOOLEAN, null));
                }
                columns.set(
                        column, Expressions.column(index.applyAsInt(column), expression.type()));
            });
        }
        for (Expression operand : expression.operands()) {
            collect(operand, columns, index);
        }
    }
}
