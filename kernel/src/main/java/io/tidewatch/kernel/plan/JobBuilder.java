package io.tidewatch.kernel.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Expansion;
import io.tidewatch.kernel.operator.Join;
import io.tidewatch.kernel.operator.KeyHead;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.Shape;
import io.tidewatch.kernel.operator.TopN;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import io.tidewatch.kernel.plan.JobLink.View;
import io.tidewatch.kernel.plan.JobLink.ViewReference;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the links of a job: resolves sources by name, and lets equal aggregations share one link. */
final class JobBuilder {
    private final List<StreamPlan> streams;
    private final List<MonitorPlan> monitors;
    private final KeyNames keyNames;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<ShareKey, Draft> shared = new LinkedHashMap<>();
    private final Map<String, List<ViewReference>> resultsByMonitor = new LinkedHashMap<>();

    JobBuilder(List<StreamPlan> streams, List<MonitorPlan> monitors) {
        this.streams = streams;
        this.monitors = monitors;
        this.keyNames = new KeyNames(monitors);
    }

    List<JobLink> links() {
        for (int i = 0; i < monitors.size(); i++) {
            add(i, monitors.get(i));
        }
        return drafts.stream().map(Draft::toLink).toList();
    }

    /**
     * What links must agree on to share their groups. An argument that can fail sets its row aside for its own monitor only,
     * so links with such arguments share only if they have all columns in common.
     */
    private record ShareKey(
            List<JobSource> sources,
            List<List<Object>> inputs,
            Windowing windowing,
            List<List<Expression>> timeColumns,
            List<List<Integer>> groupingSets,
            @Nullable List<LinkInput> exact) {}

    private void add(int number, MonitorPlan monitor) {
        boolean alerts = monitor.when() != null;
        List<ViewReference> views = new ArrayList<>();
        for (int link = 0; link < monitor.links().size(); link++) {
            int branch =
                    belongsElsewhere(monitor, link) ? -1 : monitor.branches().indexOf(link);
            views.add(add(number, link, branch, monitor.links().get(link), views, alerts));
        }
        List<ViewReference> results = new ArrayList<>();
        for (int branch = 0; branch < monitor.branches().size(); branch++) {
            int link = monitor.branches().get(branch);
            ViewReference view = views.get(link);
            if (belongsElsewhere(monitor, link)) {
                view = add(
                        number,
                        monitor.links().size() + branch,
                        branch,
                        passOn(monitor, link),
                        views,
                        alerts);
            }
            results.add(view);
        }
        resultsByMonitor.put(monitor.name(), results);
    }

    /** Whether the rows of a link are not where the key group of their key is, which they need to be. */
    private boolean belongsElsewhere(MonitorPlan monitor, int link) {
        Shape shape = monitor.links().get(link).shape();
        return (shape instanceof TopN || shape instanceof Join)
                && (monitor.when() != null || !keyNames.nameRows(monitor, link));
    }

    /** A link that brings rows to the owner of their key, where their alerts live, and rows of one key are counted. */
    private static Link passOn(MonitorPlan monitor, int link) {
        LinkOutput output = monitor.links().get(link).output();
        KeyHead head = new KeyHead(null, null, output.head().branches());
        List<Expression> columns = new ArrayList<>();
        List<OutputColumn> outputs = new ArrayList<>();
        for (Field field : output.schema().fields()) {
            Expression column = Expressions.column(columns.size(), field.type());
            columns.add(column);
            outputs.add(new OutputColumn(field.name(), column));
        }
        LinkInput input = new LinkInput(new RowSource.OfLink(link), null, List.of(), null, columns);
        return new Link(
                List.of(input),
                new Rows(true, true),
                new LinkOutput(null, outputs, List.of(), 0, head));
    }

    private ViewReference add(
            int monitor,
            int link,
            int branch,
            Link definition,
            List<ViewReference> earlier,
            boolean alerts) {
        List<JobSource> sources = definition.inputs().stream()
                .map(input -> source(input.source(), earlier))
                .toList();
        Draft draft;
        if (definition.shape() instanceof Aggregation aggregation && !aggregation.listsRows()) {
            draft = shared.computeIfAbsent(
                    shareKey(sources, definition, aggregation), key -> draft(definition, sources));
        } else {
            draft = draft(definition, sources);
        }
        if (alerts) {
            markAlerts(draft);
        }
        return draft.addView(monitor, link, branch, definition);
    }

    /** Alerts ask for the positions of what went into the rows they are raised on, in all links before. */
    private void markAlerts(Draft draft) {
        draft.alerts = true;
        for (JobSource source : draft.sources) {
            if (source instanceof JobSource.Views views) {
                views.views().forEach(view -> markAlerts(drafts.get(view.link())));
            }
        }
    }

    private Draft draft(Link definition, List<JobSource> sources) {
        Draft draft =
                new Draft(drafts.size(), definition, sources, level(sources), lateness(sources));
        drafts.add(draft);
        return draft;
    }

    private static ShareKey shareKey(
            List<JobSource> sources, Link definition, Aggregation aggregation) {
        List<List<Object>> inputs = new ArrayList<>();
        List<List<Expression>> timeColumns = new ArrayList<>();
        boolean canFail = false;
        for (LinkInput input : definition.inputs()) {
            List<Object> shape = new ArrayList<>();
            shape.add(
                    input.expansion() == null ? List.<Expansion>of() : List.of(input.expansion()));
            shape.add(List.<Lookup>copyOf(input.lookups()));
            shape.add(input.filter() == null ? List.<Expression>of() : List.of(input.filter()));
            shape.add(input.columns().subList(0, aggregation.keyCount()));
            inputs.add(shape);
            timeColumns.add(
                    aggregation.timeColumn() < 0
                            ? List.of()
                            : List.of(input.columns().get(aggregation.timeColumn())));
            canFail |= input.columns().stream()
                    .skip(aggregation.keyCount())
                    .anyMatch(column -> !column.operands().isEmpty());
        }
        return new ShareKey(
                sources,
                inputs,
                aggregation.windowing(),
                timeColumns,
                aggregation.groupingSets(),
                canFail ? definition.inputs() : null);
    }

    private JobSource source(RowSource source, List<ViewReference> earlier) {
        if (source instanceof RowSource.OfStream ofStream) {
            return new JobSource.Stream(streamIndex(ofStream.stream()));
        }
        if (source instanceof RowSource.OfLink ofLink) {
            return new JobSource.Views(List.of(earlier.get(ofLink.link())));
        }
        String monitor = ((RowSource.OfMonitor) source).monitor();
        List<ViewReference> results = resultsByMonitor.get(monitor);
        if (results == null) {
            throw new IllegalArgumentException(
                    "monitor '" + monitor + "' is read before it is defined");
        }
        return new JobSource.Views(results);
    }

    private int streamIndex(String name) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no stream '" + name + "'");
    }

    private int level(List<JobSource> sources) {
        int level = 0;
        for (JobSource source : sources) {
            if (source instanceof JobSource.Views views) {
                for (ViewReference view : views.views()) {
                    level = Math.max(level, drafts.get(view.link()).level + 1);
                }
            }
        }
        return level;
    }

    private Lateness lateness(List<JobSource> sources) {
        Lateness lateness = null;
        for (JobSource source : sources) {
            if (source instanceof JobSource.Stream stream) {
                Lateness own = streams.get(stream.stream()).time().lateness();
                if (lateness != null && !lateness.equals(own)) {
                    throw new IllegalArgumentException(
                            "streams with different allowed_lateness or amend_every are read together");
                }
                lateness = own;
            }
        }
        return lateness == null ? new Lateness(0, 0) : lateness;
    }

    /** A link in the making. */
    private static final class Draft {
        private final int number;
        private final Link first;
        private final List<JobSource> sources;
        private final int level;
        private final Lateness lateness;
        private final List<View> views = new ArrayList<>();
        private final List<List<Expression>> columns = new ArrayList<>();
        private final List<AggregateColumn> aggregates = new ArrayList<>();
        private boolean alerts;

        Draft(int number, Link first, List<JobSource> sources, int level, Lateness lateness) {
            this.number = number;
            this.first = first;
            this.sources = sources;
            this.level = level;
            this.lateness = lateness;
            first.inputs().forEach(input -> columns.add(new ArrayList<>(input.columns())));
        }

        ViewReference addView(int monitor, int link, int branch, Link definition) {
            List<Integer> own = new ArrayList<>();
            if (definition.shape() instanceof Aggregation aggregation) {
                for (AggregateColumn aggregate : aggregation.aggregates()) {
                    own.add(share(translate(aggregate, definition)));
                }
            }
            views.add(new View(monitor, link, definition.output(), own, branch));
            return new ViewReference(number, views.size() - 1);
        }

        private int share(AggregateColumn aggregate) {
            int known = aggregates.indexOf(aggregate);
            if (known >= 0) {
                return known;
            }
            aggregates.add(aggregate);
            return aggregates.size() - 1;
        }

        /** The same aggregate over the columns of this draft, which get what they lack. */
        private AggregateColumn translate(AggregateColumn aggregate, Link definition) {
            List<Integer> arguments = aggregate.arguments().stream()
                    .map(argument -> column(argument, definition))
                    .toList();
            int filter = aggregate.filter() < 0 ? -1 : column(aggregate.filter(), definition);
            return new AggregateColumn(aggregate.call(), arguments, filter);
        }

        private int column(int index, Link definition) {
            List<LinkInput> inputs = definition.inputs();
            for (int i = 0; i < columns.get(0).size(); i++) {
                boolean same = true;
                for (int j = 0; j < inputs.size(); j++) {
                    same &= columns.get(j).get(i).equals(inputs.get(j).columns().get(index));
                }
                if (same) {
                    return i;
                }
            }
            for (int j = 0; j < inputs.size(); j++) {
                columns.get(j).add(inputs.get(j).columns().get(index));
            }
            return columns.get(0).size() - 1;
        }

        JobLink toLink() {
            Link merged = merged();
            byte[] text = (sources + " " + merged.inputs() + " " + merged.shape()).getBytes(UTF_8);
            String id = Long.toHexString(Hash.of(text, 0, text.length));
            return new JobLink(number, id, merged, sources, level, alerts, lateness, views);
        }

        private Link merged() {
            if (!(first.shape() instanceof Aggregation aggregation)) {
                return first;
            }
            List<LinkInput> inputs = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                LinkInput input = first.inputs().get(i);
                inputs.add(new LinkInput(
                        input.source(),
                        input.expansion(),
                        input.lookups(),
                        input.filter(),
                        columns.get(i)));
            }
            return new Link(
                    inputs,
                    new Aggregation(
                            aggregation.windowing(),
                            aggregation.timeColumn(),
                            aggregation.keyCount(),
                            aggregation.groupingSets(),
                            aggregates,
                            aggregation.listedRowsMax()),
                    first.output());
        }
    }

    /** The types of a link's projected row. */
    static List<Type> projectedTypes(Link link) {
        return link.inputs().get(0).types();
    }
}
