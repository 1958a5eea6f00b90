package io.tidewatch.kernel.plan;

import static java.util.Objects.requireNonNull;

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
import io.tidewatch.kernel.plan.JobLink.ViewReference;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says in words what a job does: its links, what monitors share, which state is kept and how much of it per key.
 */
public final class JobExplanation {
    /** A text in quotes, or a column as {@link Expression#toString} writes it. */
    private static final Pattern COLUMN_OR_TEXT = Pattern.compile("'(?:[^']|'')*'|\\$(\\d+)");

    private final JobPlan plan;
    private final StringBuilder text = new StringBuilder();

    private JobExplanation(JobPlan plan) {
        this.plan = plan;
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
        List<String> names = joinedNames(source, input);
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
            line(2, kind + lookup.table() + " by " + named(lookup.keys(), names));
        }
        if (input.filter() != null) {
            line(2, "where " + named(input.filter(), names));
        }
        line(2, "columns: " + (input.columns().isEmpty() ? "none" : named(input.columns(), names)));
    }

    /** The names of the columns of an input's joined row. */
    private List<String> joinedNames(JobSource source, LinkInput input) {
        List<String> names = new ArrayList<>();
        if (source instanceof JobSource.Stream stream) {
            names.addAll(names(plan.streams().get(stream.stream()).schema()));
        } else if (source instanceof JobSource.Views views) {
            ViewReference first = views.views().get(0);
            View view = plan.links().get(first.link()).views().get(first.view());
            names.addAll(names(view.output().schemaWithWindow()));
        }
        if (input.expansion() != null) {
            names.addAll(List.of("window_start", "window_end"));
        }
        for (Lookup lookup : input.lookups()) {
            names.addAll(names(requireNonNull(plan.tables().get(lookup.table())).schema()));
        }
        return names;
    }

    private static List<String> names(Schema schema) {
        return schema.fields().stream().map(Field::name).toList();
    }

    private static String named(List<Expression> expressions, List<String> names) {
        return expressions.stream()
                .map(expression -> named(expression, names))
                .collect(Collectors.joining(", "));
    }

    /** An expression as SQL, with names in the place of column numbers. */
    private static String named(Expression expression, List<String> names) {
        return COLUMN_OR_TEXT.matcher(expression.toString()).replaceAll(match -> {
            String number = match.group(1);
            return Matcher.quoteReplacement(
                    number == null ? match.group() : names.get(Integer.parseInt(number)));
        });
    }

    private void explainShape(JobLink link) {
        Shape shape = link.definition().shape();
        if (shape instanceof Aggregation aggregation) {
            line(1, "key: " + keys(link.definition(), aggregation));
            for (AggregateColumn aggregate : aggregation.aggregates()) {
                line(1, aggregate(link, aggregate));
            }
        } else if (shape instanceof Join join) {
            explainJoin(link, join);
        } else if (shape instanceof TopN topN) {
            List<String> names = projectedNames(link, 0);
            String order = topN.orders().stream()
                    .map(term -> names.get(term.column())
                            + (term.descending() ? " DESC" : "")
                            + (term.nullsFirst() ? " NULLS FIRST" : ""))
                    .collect(Collectors.joining(", "));
            String partition = topN.partitionColumns().stream()
                    .map(column -> " and " + names.get(column))
                    .collect(Collectors.joining());
            line(1, "ordered by " + order + ", per window" + partition);
        }
    }

    private void explainJoin(JobLink link, Join join) {
        List<String> left = projectedNames(link, 0);
        List<String> right = projectedNames(link, 1);
        StringBuilder words = new StringBuilder("on the window");
        for (int i = 0; i < join.keyCount(); i++) {
            words.append(" and left.").append(left.get(i));
            words.append(" = right.").append(right.get(i));
        }
        if (join.condition() != null) {
            words.append(" and ").append(named(join.condition(), joinedNames(left, right)));
        }
        line(1, words.toString());
        if (join.keepsUnmatched()) {
            line(1, "rows of the left without a partner stay, with NULL on the right");
        }
    }

    private static List<String> joinedNames(List<String> left, List<String> right) {
        List<String> names = new ArrayList<>();
        left.forEach(name -> names.add("left." + name));
        right.forEach(name -> names.add("right." + name));
        names.addAll(List.of("window_start", "window_end"));
        return names;
    }

    /** What becomes of the shaped rows for one monitor: its HAVING and its columns. */
    private void explainOutput(JobLink link, View view) {
        List<String> names = shapedNames(link, view);
        String monitor = link.views().size() == 1
                ? ""
                : plan.monitors().get(view.monitor()).name() + ": ";
        Expression having = view.output().having();
        if (having != null) {
            line(1, monitor + "keeps " + named(having, names));
        }
        String columns = view.output().columns().stream()
                .map(column -> {
                    String from = named(column.expression(), names);
                    return from.equals(column.name()) ? from : column.name() + " = " + from;
                })
                .collect(Collectors.joining(", "));
        line(1, monitor + "gives " + (columns.isEmpty() ? "the window alone" : columns));
        if (view.isResult() && !(link.definition().shape() instanceof Aggregation)) {
            String key = String.join(", ", names(plan.keySchema(view.monitor())));
            line(1, monitor + "key: " + (key.isEmpty() ? "none" : key));
        }
    }

    /** The names of the columns of the rows that a shape makes; see {@link Shape}. */
    private List<String> shapedNames(JobLink link, View view) {
        Shape shape = link.definition().shape();
        if (shape instanceof Join) {
            return joinedNames(projectedNames(link, 0), projectedNames(link, 1));
        }
        List<String> projected = projectedNames(link, 0);
        List<String> names = new ArrayList<>();
        if (shape instanceof Aggregation aggregation) {
            names.addAll(projected.subList(0, aggregation.keyCount()));
            names.add("GROUPING_ID");
            for (int aggregate : view.aggregates()) {
                names.add(aggregate(link, aggregation.aggregates().get(aggregate)));
            }
            if (aggregation.listsRows()) {
                names.addAll(projected);
            }
        } else {
            names.addAll(projected);
        }
        if (shape instanceof TopN) {
            names.add("ROW_NUMBER()");
        }
        names.addAll(List.of("window_start", "window_end"));
        return names;
    }

    /** The columns of the projected row of an input, as SQL. */
    private List<String> projectedNames(JobLink link, int input) {
        LinkInput definition = link.definition().inputs().get(input);
        List<String> names = joinedNames(link.sources().get(input), definition);
        return definition.columns().stream()
                .map(column -> {
                    String text = named(column, names);
                    return text.contains(" ") ? "(" + text + ")" : text;
                })
                .toList();
    }

    private String aggregate(JobLink link, AggregateColumn aggregate) {
        LinkInput input = link.definition().inputs().get(0);
        List<String> names = joinedNames(link.sources().get(0), input);
        StringBuilder words = new StringBuilder(aggregate.call().toString());
        if (!aggregate.arguments().isEmpty()) {
            List<Expression> arguments = new ArrayList<>();
            aggregate
                    .arguments()
                    .forEach(argument -> arguments.add(input.columns().get(argument)));
            words.append(" of ").append(named(arguments, names));
        }
        if (aggregate.filter() >= 0) {
            words.append(" where ").append(named(input.columns().get(aggregate.filter()), names));
        }
        return words.toString();
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
            boolean hasSets = aggregation.aggregates().stream()
                    .anyMatch(aggregate -> aggregate.call().distinct());
            String keys = aggregation.keyCount() == 0
                    ? "one group, about " + bytes + " bytes per " + unit
                    : "about " + bytes + " bytes per key and " + unit + "; at most "
                            + plan.limits().keysPerKeyGroupMax() + " keys in each of " + KeyGroups.COUNT + " key groups";
            line(
                    1,
                    "state: " + keys
                            + (hasSets ? "; sets of distinct values grow with their values" : ""));
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
