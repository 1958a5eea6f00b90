package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.type.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One level of a query: partial stage, exchange, final stage. A query is a chain (in general a graph without cycles) of
 * links; a later link reads the final rows of revision 0 of those before it.
 *
 * <p>Rows pass through three layouts. An {@linkplain LinkInput input} projects the rows of its source to the
 * <em>projected row</em>, which is the same for all inputs of a link and whose columns the {@link Shape} names by their
 * index. The shape makes <em>shaped rows</em> of them, laid out as each shape says. The {@link LinkOutput} filters and
 * projects shaped rows to the rows of the link, which have a window (start and end) beside their columns.
 *
 * @param inputs the branches of a UNION ALL below the shape, at least one; exactly two for a {@link Join}
 * @param shape what is made of the projected rows
 * @param output what the link's rows are
 */
public record Link(List<LinkInput> inputs, Shape shape, LinkOutput output) {
    public Link {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs: 0 (expected: >= 1)");
        }
        if (shape instanceof Join && inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "a join has " + inputs.size() + " inputs (expected: 2)");
        }
    }

    /** The columns of the link's rows, without window and key. */
    public Schema schema() {
        return output.schema();
    }

    /** Whether the link's rows have the keys of the rows that it reads. */
    public boolean passesKeyOn() {
        return !(shape instanceof Aggregation) && !makesKey();
    }

    /** Whether the key of the link's rows is computed by the output; otherwise they have that of the rows before. */
    boolean makesKey() {
        return shape instanceof Join
                || shape instanceof Rows
                        && (!output.key().isEmpty()
                                || output.head().branch() != null
                                || readsStream())
                || shape instanceof Aggregation aggregation
                        && aggregation.listsRows()
                        && aggregation.keyCount() == 0;
    }

    /** Whether rows come from a stream, where they have no key yet. */
    private boolean readsStream() {
        return inputs.stream().anyMatch(input -> input.source() instanceof RowSource.OfStream);
    }

    /** Whether rows that travel one by one keep the window of the row they were. */
    boolean keepsWindow() {
        return !(shape instanceof Rows rows) || rows.keepsWindow();
    }

    /** The columns of the projected row that decide who owns a row, or {@code null} if its key does. */
    @Nullable
    List<Integer> routingColumns() {
        if (shape instanceof TopN topN) {
            return topN.partitionColumns();
        }
        return shape instanceof Join join
                ? IntStream.range(0, join.keyCount()).boxed().toList()
                : null;
    }
}
