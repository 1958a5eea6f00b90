package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All streams and monitors of a configuration, and the links that run them. Links that monitors have in common run once.
 *
 * @param links in an order in which every link comes after those it reads
 */
public record JobPlan(
        List<StreamPlan> streams,
        Map<String, ReferenceTable> tables,
        List<MonitorPlan> monitors,
        List<JobLink> links,
        KernelLimits limits) {
    public JobPlan {
        streams = List.copyOf(streams);
        tables = new TreeMap<>(tables);
        monitors = List.copyOf(monitors);
        links = List.copyOf(links);
    }

    /**
     * Puts monitors together.
     *
     * @param monitors in an order in which every monitor comes after those whose rows it reads
     */
    public static JobPlan of(
            List<StreamPlan> streams,
            Map<String, ReferenceTable> tables,
            List<MonitorPlan> monitors,
            KernelLimits limits) {
        List<JobLink> links = new JobBuilder(streams, monitors).links();
        Map<String, ReferenceTable> indexed = new TreeMap<>();
        tables.forEach((name, table) -> indexed.put(name, table.indexedBy(lookedUp(links, name))));
        return new JobPlan(streams, indexed, monitors, links, limits);
    }

    /** A version of a table with all indexes that the links need, so that no stage has to make its own. */
    public TableVersion indexed(String table, TableVersion version) {
        return version.indexedBy(lookedUp(links, table));
    }

    /** The versions of the tables that a stage begins with. */
    TableVersions tableVersions() {
        return new TableVersions(tables.values(), lookBackMillis());
    }

    /**
     * How far behind the watermark of its partition a row may lie and still count: the longest window and the greatest
     * allowed lateness; the longest duration there is if rows are looked up whose windows go by another time.
     */
    public long lookBackMillis() {
        long lateness = 0;
        long window = 0;
        for (JobLink link : links) {
            lateness = Math.max(lateness, link.lateness().allowedLatenessMillis());
            if (link.definition().shape() instanceof Aggregation aggregation) {
                boolean looksUp = link.definition().inputs().stream()
                        .anyMatch(input -> !input.lookups().isEmpty());
                boolean byOtherTime = looksUp && aggregation.timeColumn() >= 0;
                window = Math.max(
                        window, byOtherTime ? Times.DURATION_MAX : lengthMillis(aggregation));
            }
        }
        return Math.min(Times.DURATION_MAX, Times.addClamped(lateness, window));
    }

    /** The families of windows with gaps that rows of a stream are put into, each once. */
    public List<Windows> gappedWindows(int stream) {
        Set<Windows> found = new LinkedHashSet<>();
        for (JobLink link : links) {
            if (link.sources().contains(new JobLink.JobSource.Stream(stream))) {
                gappedWindows(link).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    /** The windows of a link, if they have gaps. */
    static Optional<Windows> gappedWindows(JobLink link) {
        return link.definition().shape() instanceof Aggregation aggregation
                        && aggregation.windowing() instanceof Windowing.Grid grid
                        && grid.windows().hasGaps()
                ? Optional.of(grid.windows())
                : Optional.empty();
    }

    /** A bound of the length of windows; the row of a session may come two gaps after its end, where a limit cut it short. */
    private static long lengthMillis(Aggregation aggregation) {
        if (aggregation.windowing() instanceof Windowing.Grid grid) {
            return grid.windows().sizeMillisMax();
        }
        return aggregation.windowing() instanceof Windowing.Session session
                ? Times.multiplyClamped(session.gapMillis(), 3)
                : 0;
    }

    private static Set<List<Integer>> lookedUp(List<JobLink> links, String table) {
        Set<List<Integer>> columns = new LinkedHashSet<>();
        for (JobLink link : links) {
            for (LinkInput input : link.definition().inputs()) {
                input.lookups().stream()
                        .filter(lookup -> lookup.table().equals(table))
                        .forEach(lookup -> columns.add(lookup.tableColumns()));
            }
        }
        return columns;
    }

    /** The place of a stream of that name, or −1. */
    public int streamIndex(String name) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Which links are folded together. */
    public List<JobFold> folds() {
        return JobFold.of(links);
    }

    /** How many levels of links there are; each needs an exchange. */
    public int levelCount() {
        return links.stream().mapToInt(JobLink::level).max().orElse(-1) + 1;
    }

    /**
     * The columns of the keys of a monitor's rows. Where a link passes on the keys of the rows it reads, they are those of
     * the link before.
     */
    public Schema keySchema(int monitor) {
        MonitorPlan plan = monitors.get(monitor);
        return keySchema(plan, plan.branches().get(0));
    }

    /** As {@link #keySchema(int)}, of one branch of the monitor; monitors whose branches differ there are not to be run. */
    public Schema keySchema(int monitor, int branch) {
        MonitorPlan plan = monitors.get(monitor);
        return keySchema(plan, plan.branches().get(branch));
    }

    private Schema keySchema(MonitorPlan monitor, int link) {
        Link definition = monitor.links().get(link);
        if (!definition.passesKeyOn()) {
            return definition.output().keySchema();
        }
        RowSource source = definition.inputs().get(0).source();
        if (source instanceof RowSource.OfLink ofLink) {
            return keySchema(monitor, ofLink.link());
        }
        if (source instanceof RowSource.OfMonitor ofMonitor) {
            return keySchema(monitorIndex(ofMonitor.monitor()));
        }
        throw new IllegalStateException(
                "link " + link + " of monitor '" + monitor.name() + "' has no key to pass on");
    }

    /**
     * Whether key and window name each row of a monitor; otherwise the place among the rows of one key and window is a part of
     * what names it.
     */
    public boolean keysNameRows(int monitor) {
        KeyNames names = new KeyNames(monitors);
        MonitorPlan plan = monitors.get(monitor);
        return plan.branches().stream().allMatch(link -> names.nameRows(plan, link));
    }

    /** The columns of a monitor's rows that its results show as values: those that the key does not show already. */
    public List<Integer> valueColumns(int monitor) {
        MonitorPlan plan = monitors.get(monitor);
        int link = plan.branches().get(0);
        LinkOutput output = plan.links().get(link).output();
        List<Integer> columns = new ArrayList<>();
        int shown = output.columns().size() - output.hidden();
        for (int i = 0; i < shown; i++) {
            if (!isKey(plan, link, output.columns().get(i))) {
                columns.add(i);
            }
        }
        return columns;
    }

    /** Whether a column is a part of the key and is called like it; where a link passes the key on, by where it comes from. */
    private boolean isKey(MonitorPlan monitor, int link, OutputColumn column) {
        Link definition = monitor.links().get(link);
        if (!definition.passesKeyOn()) {
            return definition.output().key().contains(column);
        }
        LinkInput input = definition.inputs().get(0);
        int projected = indexOf(column.expression(), input.types());
        if (projected < 0) {
            return false;
        }
        Expression read = input.columns().get(projected);
        RowSource source = input.source();
        if (source instanceof RowSource.OfMonitor ofMonitor) {
            MonitorPlan other = monitors.get(monitorIndex(ofMonitor.monitor()));
            return isKey(other, other.branches().get(0), read, column.name());
        }
        return source instanceof RowSource.OfLink ofLink
                && isKey(monitor, ofLink.link(), read, column.name());
    }

    /** Likewise, of an expression over the rows of a link. */
    private boolean isKey(MonitorPlan monitor, int link, Expression read, String name) {
        LinkOutput output = monitor.links().get(link).output();
        List<Type> types = output.schema().fields().stream().map(Field::type).toList();
        int index = indexOf(read, types);
        return index >= 0
                && isKey(
                        monitor,
                        link,
                        new OutputColumn(name, output.columns().get(index).expression()));
    }

    /** Which of the columns of these types an expression is, or −1 if it is something else. */
    private static int indexOf(Expression expression, List<Type> types) {
        for (int i = 0; i < types.size(); i++) {
            if (expression.equals(Expressions.column(i, types.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    private int monitorIndex(String name) {
        for (int i = 0; i < monitors.size(); i++) {
            if (monitors.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("no monitor '" + name + "'");
    }

    /**
     * The windows of the rows of one branch of a monitor: those of the aggregation that they come from; absent without
     * windows.
     */
    public Optional<Windowing> windowing(int monitor, int branch) {
        MonitorPlan plan = monitors.get(monitor);
        return windowingOf(plan, plan.branches().get(branch));
    }

    private Optional<Windowing> windowingOf(MonitorPlan monitor, int link) {
        Link definition = monitor.links().get(link);
        if (definition.shape() instanceof Aggregation aggregation
                && !(aggregation.windowing() instanceof Windowing.Inherited)) {
            return Optional.of(aggregation.windowing());
        }
        RowSource source = definition.inputs().get(0).source();
        if (source instanceof RowSource.OfLink ofLink) {
            return windowingOf(monitor, ofLink.link());
        }
        return source instanceof RowSource.OfMonitor ofMonitor
                ? windowing(monitorIndex(ofMonitor.monitor()), 0)
                : Optional.empty();
    }

    /** The link whose rows are the results of one branch of a monitor. */
    public JobLink resultLink(int monitor, int branch) {
        for (JobLink link : links) {
            for (JobLink.View view : link.views()) {
                if (view.monitor() == monitor && view.branch() == branch) {
                    return link;
                }
            }
        }
        throw new IllegalStateException("monitor " + monitor + " has no branch " + branch);
    }

    /** The streams whose rows a monitor reads, directly or through other monitors, by their places. */
    public SortedSet<Integer> streamsOf(int monitor) {
        SortedSet<Integer> found = new TreeSet<>();
        for (JobLink link : links) {
            if (link.views().stream().anyMatch(view -> view.monitor() == monitor)) {
                addStreams(link, found);
            }
        }
        return found;
    }

    /** The streams whose rows a link reads, directly or through other links, by their places. */
    public SortedSet<Integer> streamsOf(JobLink link) {
        SortedSet<Integer> found = new TreeSet<>();
        addStreams(link, found);
        return found;
    }

    private void addStreams(JobLink link, SortedSet<Integer> found) {
        for (JobLink.JobSource source : link.sources()) {
            if (source instanceof JobLink.JobSource.Stream stream) {
                found.add(stream.stream());
            } else if (source instanceof JobLink.JobSource.Views views) {
                views.views().forEach(view -> addStreams(links.get(view.link()), found));
            }
        }
    }
}
