package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Expansion;
import io.tidewatch.kernel.operator.Join;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.Shape;
import io.tidewatch.kernel.operator.StateSize;
import io.tidewatch.kernel.operator.TopN;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import io.tidewatch.kernel.plan.JobLink.View;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says in words what a job does: its links, what monitors share, which state is kept and how much of it per key.
 */
public final class JobExplanation {
    private final JobPlan plan;
    private final LinkNames names;
    private final StringBuilder text = new StringBuilder();

    private JobExplanation(JobPlan plan) {
        this.plan = plan;
        this.names = new LinkNames(plan);
    }

    /** Lines of text, one block per link. */
    public static String of(JobPlan plan) {
        JobExplanation explanation = new JobExplanation(plan);
        plan.links().forEach(explanation::explain);
        return explanation.text.toString();
    }

    private void explain(JobLink link) {
        line(0, "link " + link.number() + " (level " + link.level() + "): " + shape(link));
        line(1, "for " + views(link));
        for (int i = 0; i < link.sources().size(); i++) {
            explainInput(link.sources().get(i), link.definition().inputs().get(i));
        }
        explainShape(link);
        explainFold(link);
        link.views().forEach(view -> explainOutput(link, view));
        explainState(link);
    }

    private static String shape(JobLink link) {
        Shape shape = link.definition().shape();
        if (shape instanceof Aggregation aggregation) {
            return aggregation.listsRows()
                    ? "rows of " + windows(aggregation)
                    : "groups in " + windows(aggregation);
        }
        if (shape instanceof TopN topN) {
            return "the first " + topN.limit() + " rows of each window";
        }
        return shape instanceof Join ? "pairs of rows of one window" : "single rows";
    }

    private static String windows(Aggregation aggregation) {
        Windowing windowing = aggregation.windowing();
        if (windowing instanceof Windowing.Grid grid) {
            return "windows: " + grid.windows().canonical();
        }
        return windowing instanceof Windowing.Session session
                ? "sessions with a gap of " + Durations.format(session.gapMillis())
                : "the windows of the rows it reads";
    }

    private String views(JobLink link) {
        List<String> names = new ArrayList<>();
        for (View view : link.views()) {
            String name = plan.monitors().get(view.monitor()).name();
            names.add(view.isResult() ? name : name + " (for a later link)");
        }
        return String.join(", ", names) + (names.size() > 1 ? " (shared)" : "");
    }

    private void explainInput(JobSource source, LinkInput input) {
        List<String> columns = names.joined(source, input);
        if (source instanceof JobSource.Stream stream) {
            line(1, "reads stream " + plan.streams().get(stream.stream()).name());
        } else if (source instanceof JobSource.Views views) {
            String links = views.views().stream()
                    .map(view -> String.valueOf(view.link()))
                    .collect(Collectors.joining(", "));
            line(1, "reads link " + links);
        }
        Expansion expansion = input.expansion();
        if (expansion != null) {
            line(2, "once for every window: " + expansion.windows().canonical());
        }
        for (Lookup lookup : input.lookups()) {
            String kind = lookup.keepsUnmatched() ? "left join " : "join ";
            line(2, kind + lookup.table() + " by " + LinkNames.named(lookup.keys(), columns));
        }
        if (input.filter() != null) {
            line(2, "where " + LinkNames.named(input.filter(), columns));
        }
        line(
                2,
                "columns: "
                        + (input.columns().isEmpty()
                                ? "none"
                                : LinkNames.named(input.columns(), columns)));
    }

    private void explainShape(JobLink link) {
        Shape shape = link.definition().shape();
        if (shape instanceof Aggregation aggregation) {
            line(1, "key: " + keys(link.definition(), aggregation));
            for (AggregateColumn aggregate : aggregation.aggregates()) {
                line(1, names.aggregate(link, aggregate));
            }
        } else if (shape instanceof Join join) {
            explainJoin(link, join);
        } else if (shape instanceof TopN topN) {
            List<String> ranked = names.projected(link, 0);
            String order = topN.orders().stream()
                    .map(term -> ranked.get(term.column())
                            + (term.descending() ? " DESC" : "")
                            + (term.nullsFirst() ? " NULLS FIRST" : ""))
                    .collect(Collectors.joining(", "));
            String partition = topN.partitionColumns().stream()
                    .map(column -> " and " + ranked.get(column))
                    .collect(Collectors.joining());
            line(1, "ordered by " + order + ", per window" + partition);
        }
    }

    /** With which other links rows are folded, where they are. */
    private void explainFold(JobLink link) {
        for (JobFold fold : plan.folds()) {
            if (fold.links().size() == 1 || !fold.links().contains(link)) {
                continue;
            }
            String others = fold.links().stream()
                    .filter(other -> other.number() != link.number())
                    .map(other -> String.valueOf(other.number()))
                    .collect(Collectors.joining(", "));
            line(1, "folds rows once with link " + others + ": their panes are the same");
        }
    }

    private void explainJoin(JobLink link, Join join) {
        List<String> left = names.projected(link, 0);
        List<String> right = names.projected(link, 1);
        StringBuilder words = new StringBuilder("on the window");
        for (int i = 0; i < join.keyCount(); i++) {
            words.append(" and left.").append(left.get(i));
            words.append(" = right.").append(right.get(i));
        }
        if (join.condition() != null) {
            words.append(" and ")
                    .append(LinkNames.named(join.condition(), LinkNames.pairs(left, right)));
        }
        line(1, words.toString());
        if (join.keepsUnmatched()) {
            line(1, "rows of the left without a partner stay, with NULL on the right");
        }
    }

    /** What becomes of the shaped rows for one monitor: its HAVING and its columns. */
    private void explainOutput(JobLink link, View view) {
        List<String> shaped = names.shaped(link, view);
        String monitor = link.views().size() == 1
                ? ""
                : plan.monitors().get(view.monitor()).name() + ": ";
        Expression having = view.output().having();
        if (having != null) {
            line(1, monitor + "keeps " + LinkNames.named(having, shaped));
        }
        String columns = view.output().columns().stream()
                .map(column -> {
                    String from = LinkNames.named(column.expression(), shaped);
                    return from.equals(column.name()) ? from : column.name() + " = " + from;
                })
                .collect(Collectors.joining(", "));
        line(1, monitor + "gives " + (columns.isEmpty() ? "the window alone" : columns));
        if (view.isResult() && !(link.definition().shape() instanceof Aggregation)) {
            String key = String.join(", ", LinkNames.of(plan.keySchema(view.monitor())));
            line(1, monitor + "key: " + (key.isEmpty() ? "none" : key));
        }
    }

    private static String keys(Link link, Aggregation aggregation) {
        List<String> names =
                link.output().key().stream().map(OutputColumn::name).toList();
        if (aggregation.groupingSets().size() == 1) {
            return names.isEmpty() ? "none, one group" : String.join(", ", names);
        }
        return String.join(", ", names) + " in " + aggregation.groupingSets().size()
                + " grouping sets";
    }

    private void explainState(JobLink link) {
        if (link.definition().shape() instanceof Aggregation aggregation) {
            long bytes = StateSize.bytesPerKey(link.definition(), link.alerts());
            String unit = aggregation.windowing() instanceof Windowing.Grid grid
                    ? "pane, " + panes(grid.windows()) + " per window"
                    : aggregation.windowing() instanceof Windowing.Session
                            ? "stretch as long as the gap"
                            : "window";
            String keys = aggregation.keyCount() == 0
                    ? "one group, about " + bytes + " bytes per " + unit
                    : "about " + bytes + " bytes per key and " + unit + "; at most "
                            + plan.limits().keysPerKeyGroupMax() + " keys in each of "
                            + KeyGroups.COUNT + " key groups";
            line(1, "state: " + keys + growth(aggregation));
            if (link.lateness().allowedLatenessMillis() > 0) {
                line(
                        1,
                        "kept for amendments until "
                                + Durations.format(link.lateness().lastDueTime(0))
                                + " after the end of a window");
            }
        } else {
            String until = link.definition().shape() instanceof Rows rows && !rows.keepsWindow()
                    ? "until the watermark passes their time"
                    : "until their window closes";
            line(1, "state: rows, " + until);
        }
    }

    /** What grows per key, and up to where. */
    private static String growth(Aggregation aggregation) {
        return aggregation.aggregates().stream()
                .map(AggregateColumn::call)
                .map(JobExplanation::growth)
                .filter(growth -> !growth.isEmpty())
                .distinct()
                .map(growth -> "; " + growth)
                .collect(Collectors.joining());
    }

    private static String growth(AggregateCall call) {
        return switch (call.function()) {
            case COUNT ->
                call.distinct() ? "sets of distinct values grow to " + limit(call) + " values" : "";
            case APPROX_COUNT_DISTINCT -> "APPROX_COUNT_DISTINCT grows to 4 KiB";
            case APPROX_PERCENTILE ->
                "APPROX_PERCENTILE grows to " + limit(call)
                        + " buckets of 2 to 10 bytes for each sign";
            case ROWS -> "lists grow to " + limit(call) + " rows";
            default -> "";
        };
    }

    /** The limit of a call, which is its last parameter. */
    private static Object limit(AggregateCall call) {
        return call.parameters().get(call.parameters().size() - 1);
    }

    private static String panes(Windows windows) {
        long count = 0;
        long end = windows.nextEnd(0);
        for (long pane = windows.startOf(end); pane < end; pane = windows.paneEnd(pane)) {
            count++;
        }
        return count == 1 ? "one" : String.valueOf(count);
    }

    private void line(int indent, String words) {
        text.append("  ".repeat(indent)).append(words).append('\n');
    }
}
