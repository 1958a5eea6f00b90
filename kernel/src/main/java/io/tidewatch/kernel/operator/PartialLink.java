package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.time.TimeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partial stage of one link in one partition, or of several that fold the same rows into the same panes. It keeps nothing
 * across a {@link #flush} (law 4): what it folded is handed to the exchange at every barrier.
 */
public abstract class PartialLink {
    private final List<Integer> links;
    private final List<LinkInput> inputs;
    private final SideOutput side;

    PartialLink(List<Integer> links, List<LinkInput> inputs, SideOutput side) {
        this.links = List.copyOf(links);
        this.inputs = inputs;
        this.side = side;
    }

    /** The links that rows are folded for. */
    public final List<Integer> links() {
        return links;
    }

    final LinkInput input(int number) {
        return inputs.get(number);
    }

    final SideOutput side() {
        return side;
    }

    /** Shares numbers of keys and panes with all that read the same rows as an input, before the first rows. */
    public void share(int inputNumber, Groupings groupings) {}

    /**
     * Folds rows.
     *
     * @param inputNumber which of the link's inputs the rows are for; two of them may be equal
     * @param time the time settings of the stream; absent for rows of a later link, which are never late
     * @param rows the joined rows
     * @param selection which of them there are
     * @param evaluation started with the batch of the rows
     */
    public abstract void accept(
            int inputNumber,
            @Nullable TimeSpec time,
            SourceRows rows,
            Selection selection,
            Evaluation evaluation);

    /** Whether the link also reads rows that HAVING or a top-N removed. */
    public boolean takesHidden() {
        return false;
    }

    /** Says that rows are missing which windows of an earlier link would have had. */
    public abstract void incomplete(IncompleteWindow missing);

    /** Writes all that was folded to the exchange, and forgets it. */
    public abstract void flush(Exchange exchange);

    /**
     * The partial stage of a link, or of several whose windows have the same panes, and whose other definitions are equal.
     *
     * @param channel of the exchange that brings partials to all of them; what only one of them has comes by its own
     * @param definitions of the links; several aggregate
     * @param alerts whether alerts are raised on the links' rows, which then carry exemplars
     */
    public static PartialLink of(
            int channel,
            List<Integer> links,
            List<Link> definitions,
            boolean alerts,
            SideOutput side) {
        Link first = definitions.get(0);
        if (!(first.shape() instanceof Aggregation shape)) {
            return new PartialRows(channel, first, alerts, side);
        }
        List<Windowing> windowings = definitions.stream()
                .map(definition -> ((Aggregation) definition.shape()).windowing())
                .toList();
        return new PartialAggregation(
                channel,
                links,
                windowings,
                first.inputs(),
                new GroupLayout(shape, first.inputs().get(0).types(), alerts),
                side);
    }

    /** Notes that a row is missing, which matters if it had a window: then it failed after an aggregation. */
    public final void missing(SourceRows rows, int row) {
        RowWindows windows = rows.windows();
        if (windows != null && windows.starts()[row] != windows.ends()[row]) {
            incomplete(IncompleteWindow.failed(windows.starts()[row], windows.ends()[row]));
        }
    }

    /** Reports failed rows and gives the selection without them. */
    final Selection setAside(Failures failures, SourceRows rows, Selection selection) {
        for (int i = 0; i < failures.size(); i++) {
            for (int link : links) {
                side.failed(
                        link,
                        rows,
                        failures.row(i),
                        failures.code(i),
                        failures.reason(i, rows.batch().schema()));
            }
            missing(rows, failures.row(i));
        }
        return failures.size() == 0 ? selection : failures.without(selection);
    }
}
