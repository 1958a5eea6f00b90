package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Join;
import io.tidewatch.kernel.operator.KeyHead;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.TopN;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A compiled query as text, for expected results. */
final class PlanText {
    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    static String of(CompiledQuery query) {
        PlanText plan = new PlanText();
        for (int i = 0; i < query.links().size(); i++) {
            plan.link(i, query.links().get(i));
        }
        plan.line("results " + list(query.branches(), branch -> "link " + branch));
        query.constants()
                .forEach(stream -> plan.line("constant '" + stream.name() + "': "
                        + stream.schema().fields().size() + " columns, "
                        + (stream.constant() == null ? 0 : stream.constant().rowCount())
                        + " rows"));
        query.warnings().forEach(warning -> plan.line("warning " + warning));
        return plan.text.toString();
    }

    private void link(int number, Link link) {
        line("link " + number + ": " + shape(link));
        link.inputs().forEach(this::input);
        if (link.shape() instanceof Aggregation aggregation) {
            aggregation.aggregates().forEach(this::aggregate);
        }
        if (link.output().having() != null) {
            line("  having " + link.output().having());
        }
        int shown = link.output().columns().size() - link.output().hidden();
        line("  gives " + list(link.output().columns().subList(0, shown), PlanText::column));
        if (link.output().hidden() > 0) {
            line("  hides "
                    + list(
                            link.output()
                                    .columns()
                                    .subList(shown, link.output().columns().size()),
                            PlanText::column));
        }
        if (!link.output().key().isEmpty()) {
            line("  key " + list(link.output().key(), PlanText::column));
        }
        KeyHead head = link.output().head();
        if (head.branch() != null) {
            line("  branch " + head.branch() + " of " + head.branches());
        }
        if (head.groupingId() != null) {
            line("  outside of the key " + head.groupingId());
        }
    }

    private static String shape(Link link) {
        if (link.shape() instanceof Aggregation aggregation) {
            String sets = aggregation.groupingSets().size() == 1
                    ? aggregation.keyCount() + " keys"
                    : "sets " + aggregation.groupingSets();
            String time = aggregation.timeColumn() < 0 ? "" : ", time $" + aggregation.timeColumn();
            return (aggregation.listsRows() ? "list " : "group ")
                    + Span.describe(aggregation.windowing()) + ", " + sets + time;
        }
        if (link.shape() instanceof TopN topN) {
            return "top " + topN.limit() + " by "
                    + list(
                            topN.orders(),
                            order -> "$" + order.column() + (order.descending() ? " desc" : "")
                                    + (order.nullsFirst() ? " nulls first" : ""))
                    + " per window" + list(topN.partitionColumns(), column -> ", $" + column);
        }
        if (link.shape() instanceof Join join) {
            return (join.keepsUnmatched() ? "left join" : "join") + " on the window and "
                    + join.keyCount() + " keys"
                    + (join.condition() == null ? "" : " where " + join.condition());
        }
        return ((Rows) link.shape()).keepsWindow() ? "rows with their windows" : "rows";
    }

    private void input(LinkInput input) {
        List<String> parts = new ArrayList<>();
        RowSource source = input.source();
        if (source instanceof RowSource.OfStream stream) {
            parts.add("from stream " + stream.stream());
        } else if (source instanceof RowSource.OfLink link) {
            parts.add("from link " + link.link());
        } else if (source instanceof RowSource.OfMonitor monitor) {
            parts.add("from monitor " + monitor.monitor());
        }
        if (input.expansion() != null) {
            parts.add("per window of " + input.expansion().windows().canonical() + " of "
                    + input.expansion().time());
        }
        for (Lookup lookup : input.lookups()) {
            parts.add((lookup.keepsUnmatched() ? "left join " : "join ") + lookup.table()
                    + lookup.tableColumns() + " = " + lookup.keys());
        }
        if (input.filter() != null) {
            parts.add("where " + input.filter());
        }
        line("  " + String.join(" ", parts) + ": " + list(input.columns(), Expression::toString));
    }

    private void aggregate(AggregateColumn aggregate) {
        line("  " + aggregate.call() + list(aggregate.arguments(), argument -> " $" + argument)
                + (aggregate.filter() < 0 ? "" : " filter $" + aggregate.filter()));
    }

    private static String column(OutputColumn column) {
        return column.name() + " = " + column.expression();
    }

    private static <T> String list(List<T> elements, Function<T, String> words) {
        return elements.stream().map(words).collect(Collectors.joining(", "));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
