package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Puts expressions into expressions, with a limit on what becomes of it. */
final class Substitution {
    /** The most operations that one expression may have, with those of the subqueries that it reads written out. */
    static final int OPERATIONS_MAX = 20_000;

    private Substitution() {}

    /** The expression over other columns. */
    static Expression apply(Expression expression, List<Expression> columns) {
        long size = size(expression);
        List<Integer> read = new ArrayList<>();
        expression.forEachColumn(read::add);
        long[] sizes = new long[columns.size()];
        for (int column : read) {
            sizes[column] = sizes[column] == 0 ? size(columns.get(column)) : sizes[column];
            size += sizes[column];
        }
        if (size > OPERATIONS_MAX) {
            throw Refusal.limit(
                    SqlParserPos.ZERO,
                    "an expression has more than " + OPERATIONS_MAX
                            + " operations once its subqueries are written out: compute it in fewer steps");
        }
        return expression.withColumns(columns);
    }

    static List<Expression> apply(List<Expression> expressions, List<Expression> columns) {
        List<Expression> applied = new ArrayList<>();
        long total = 0;
        for (Expression expression : expressions) {
            Expression each = apply(expression, columns);
            total += size(each);
            if (total > 10L * OPERATIONS_MAX) {
                throw Refusal.limit(
                        SqlParserPos.ZERO,
                        "the query has too many operations: compute it in fewer steps");
            }
            applied.add(each);
        }
        return applied;
    }

    private static long size(Expression expression) {
        long size = 1;
        for (Expression operand : expression.operands()) {
            size += size(operand);
        }
        return size;
    }

    /** One condition after the other. */
    static Expression and(@Nullable Expression first, Expression second) {
        return first == null ? second : Expressions.and(List.of(first, second));
    }

    static @Nullable Expression andMaybe(@Nullable Expression first, @Nullable Expression second) {
        return second == null ? first : and(first, second);
    }

    /** The columns of a row. */
    static List<Expression> columns(List<Type> types) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(Expressions.column(i, types.get(i)));
        }
        return columns;
    }

    static List<Type> types(List<Expression> expressions) {
        return expressions.stream().map(Expression::type).toList();
    }

    /** Whether the expression reads a column from {@code first} to {@code last}. */
    static boolean reads(Expression expression, int first, int last) {
        boolean[] found = new boolean[1];
        expression.forEachColumn(column -> found[0] |= column >= first && column <= last);
        return found[0];
    }
}
