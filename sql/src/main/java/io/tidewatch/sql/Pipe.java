package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a plan under construction that gives rows: a {@link Feed} reads them from a source, a {@link Draft} gets them
 * from a link that is not finished. Projections and filters are put into the part itself.
 */
sealed interface Pipe permits Draft, Feed {
    /** The columns that it gives, over its own row. */
    List<Expression> columns();

    /** The columns that tell rows of one window apart, over its own row. */
    RowKey key();

    /** The windows of its rows; absent if they have none (or none yet). */
    @Nullable
    Span span();

    /** Whether one of its columns is the start of the rows' window, also of one that is only to come. */
    boolean isWindowStart(Expression column);

    boolean isWindowEnd(Expression column);

    /** The same rows with other columns, which are expressions over {@link #columns}. */
    Pipe project(List<Expression> expressions);

    /** Only the rows for which an expression over {@link #columns} is TRUE. */
    Pipe filter(Expression condition);
}
