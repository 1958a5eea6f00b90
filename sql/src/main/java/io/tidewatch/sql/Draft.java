package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.KeyHead;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.Shape;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link whose output is not finished.
 *
 * @param windowStart the index of {@code window_start} in the shaped row; {@code window_end} is behind it
 * @param having over the shaped row
 * @param columns over the shaped row
 * @param key over the shaped row
 * @param makesKey whether {@code key} is the link's own, not that of the rows that it reads
 */
record Draft(
        List<LinkInput> inputs,
        Shape shape,
        int windowStart,
        @Nullable Span span,
        @Nullable Expression having,
        List<Expression> columns,
        RowKey key,
        boolean makesKey)
        implements Pipe {
    @Override
    public boolean isWindowStart(Expression column) {
        return column.equals(Expressions.column(windowStart, Type.TIMESTAMP));
    }

    @Override
    public boolean isWindowEnd(Expression column) {
        return column.equals(Expressions.column(windowStart + 1, Type.TIMESTAMP));
    }

    @Override
    public Draft project(List<Expression> expressions) {
        return with(having, Substitution.apply(expressions, columns));
    }

    @Override
    public Draft filter(Expression condition) {
        return with(Substitution.and(having, Substitution.apply(condition, columns)), columns);
    }

    private Draft with(@Nullable Expression newHaving, List<Expression> newColumns) {
        return new Draft(inputs, shape, windowStart, span, newHaving, newColumns, key, makesKey);
    }

    /** What the link's output says of its keys; groups have theirs already. */
    KeyHead head() {
        boolean groups = shape instanceof Aggregation aggregation
                && (!aggregation.listsRows() || aggregation.keyCount() > 0);
        return makesKey && !groups
                ? new KeyHead(folded(key.branch()), folded(key.groupingId()), key.branches())
                : new KeyHead(null, null, key.branches());
    }

    private static @Nullable Expression folded(@Nullable Expression expression) {
        return expression == null ? null : expression.folded();
    }
}
