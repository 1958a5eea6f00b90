package io.tidewatch.sql;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Makes a link of an aggregation: finds its windows, and takes the window's columns out of the key. */
final class Aggregating {
    private static final int GROUPING_BITS_MAX = 31;

    private final Links links;
    private final @Nullable Windowing monitorWindow;
    private final Aggregate aggregate;
    private final SqlParserPos pos;
    private final SourceMap map;
    private Flow flow;
    private List<Feed> feeds;

    /** The columns of the flow that are keys, without those of the window. */
    private final List<Integer> keys = new ArrayList<>();

    /** The columns of the flow that aggregates read. */
    private final Set<Integer> arguments = new LinkedHashSet<>();

    Aggregating(
            Links links,
            @Nullable Windowing monitorWindow,
            Aggregate aggregate,
            Flow flow,
            SqlParserPos pos,
            SourceMap map) {
        this.links = links;
        this.monitorWindow = monitorWindow;
        this.aggregate = aggregate;
        this.flow = flow;
        this.pos = pos;
        this.map = map;
        this.feeds = feedsOf(flow);
    }

    private List<Feed> feedsOf(Flow rows) {
        return rows.pipes().stream().map(pipe -> links.feed(pipe, rows.names())).toList();
    }

    Draft draft() {
        flow = new Flow(List.copyOf(feeds), flow.names());
        boolean start = false;
        boolean end = false;
        for (int column : aggregate.getGroupSet()) {
            boolean isStart = flow.isWindowStart(column);
            boolean isEnd = flow.isWindowEnd(column);
            start |= isStart;
            end |= isEnd;
            if (isStart || isEnd) {
                requireInAllSets(column);
            } else {
                keys.add(column);
            }
        }
        for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
            int literals = call.getAggregation() instanceof AggregateOperator operator
                    ? operator.function().literals()
                    : call.getArgList().size();
            arguments.addAll(call.getArgList().subList(0, call.getArgList().size() - literals));
            if (call.filterArg >= 0) {
                arguments.add(call.filterArg);
            }
        }
        return windowed(start, end);
    }

    private void requireInAllSets(int column) {
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            if (!set.get(column)) {
                throw Refusal.unsupported(
                        pos,
                        "every grouping set needs the window: write GROUP BY window_start, window_end, and the grouping"
                                + " sets behind them");
            }
        }
    }

    private Draft windowed(boolean start, boolean end) {
        boolean pending = feeds.stream().anyMatch(feed -> feed.windows() != null);
        boolean have = feeds.stream().anyMatch(feed -> feed.span() != null);
        if (pending) {
            Windowing windowing = commonWindows(start, end);
            if (needsListing()) {
                Flow listed = flow;
                feeds = feeds.stream()
                        .map(feed -> links.close(links.listed(feed), listed.names()))
                        .toList();
                return draft(new Windowing.Inherited(), new Span(windowing), List.of());
            }
            return draft(windowing, new Span(windowing), times());
        }
        if (have && feeds.stream().allMatch(feed -> feed.span() != null)) {
            return inherited(start, end);
        }
        if (have) {
            throw Refusal.unsupported(
                    pos,
                    "some branches of the UNION ALL have windows and others not: give all of them one");
        }
        if (monitorWindow == null) {
            throw withoutWindow();
        }
        return draft(monitorWindow, new Span(monitorWindow), List.of());
    }

    /** The windows that all feeds have, if the key tells them apart. */
    private Windowing commonWindows(boolean start, boolean end) {
        TableWindows first = feeds.get(0).windows();
        for (Feed feed : feeds) {
            TableWindows windows = feed.windows();
            if (first == null
                    || windows == null
                    || !windows.windowing().equals(first.windowing())) {
                throw Refusal.unsupported(
                        pos,
                        "the branches of the UNION ALL have different windows: give all of them the same");
            }
        }
        Windowing windowing = java.util.Objects.requireNonNull(first).windowing();
        requireWindowKey(new Span(windowing), start, end);
        return windowing;
    }

    private void requireWindowKey(Span span, boolean start, boolean end) {
        if (!span.isToldBy(start, end)) {
            throw Refusal.unsupported(
                    pos,
                    "the key lacks the window, so this aggregation would never end: add window_start and window_end to"
                            + " GROUP BY");
        }
    }

    /** Whether an aggregation cannot be made over the rows as they arrive, but needs those of each window with its columns. */
    private boolean needsListing() {
        for (Feed feed : feeds) {
            TableWindows windows = java.util.Objects.requireNonNull(feed.windows());
            Set<Integer> read = new LinkedHashSet<>(keys);
            read.addAll(arguments);
            boolean readsWindow = read.stream()
                    .anyMatch(column -> feed.readsWindow(feed.columns().get(column)));
            boolean filters = feed.filterAfter() != null
                    || feed.filter() != null && feed.readsWindow(feed.filter());
            if (readsWindow || filters || windows.isSession() && !isKeyOfSession(feed, windows)) {
                return true;
            }
        }
        return false;
    }

    private boolean isKeyOfSession(Feed feed, TableWindows windows) {
        Set<Expression> wanted = new LinkedHashSet<>(windows.keys());
        Set<Expression> written = new LinkedHashSet<>();
        keys.forEach(column -> written.add(feed.columns().get(column)));
        return wanted.equals(written) && aggregate.getGroupSets().size() == 1;
    }

    /** The times that assign windows, or nothing if they are the event times. */
    private List<Expression> times() {
        List<Expression> times = new ArrayList<>();
        boolean byEventTime = true;
        for (Feed feed : feeds) {
            Expression time = java.util.Objects.requireNonNull(feed.windows()).time();
            byEventTime &= feed.isEventTime(time);
            times.add(time);
        }
        return byEventTime ? List.of() : times;
    }

    private Draft inherited(boolean start, boolean end) {
        boolean ofLinks =
                feeds.stream().allMatch(feed -> feed.source() instanceof RowSource.OfLink);
        if (!start && !end && monitorWindow != null) {
            return ofLinks
                    ? draft(new Windowing.Inherited(), span(), List.of())
                    : draft(monitorWindow, new Span(monitorWindow), List.of());
        }
        for (Feed feed : feeds) {
            Span span = java.util.Objects.requireNonNull(feed.span());
            if (span.differsFrom(span())) {
                throw Refusal.unsupported(
                        pos,
                        "the branches of the UNION ALL have different windows: give all of them the same");
            }
            requireWindowKey(span, start, end);
        }
        return draft(new Windowing.Inherited(), span(), List.of());
    }

    private Span span() {
        Span span = feeds.get(0).span();
        return span == null ? Span.UNKNOWN : span;
    }

    private Refusal withoutWindow() {
        RowSource source = feeds.get(0).source();
        String rows = "stream";
        String time = "time";
        if (source instanceof RowSource.OfStream of) {
            rows = of.stream();
            time = links.timeField(of.stream());
        } else if (source instanceof RowSource.OfMonitor of) {
            rows = "\"" + of.monitor() + "\"";
            time = Relations.WINDOW_START;
        }
        return Refusal.unsupported(
                pos,
                "this aggregation has no window, so it would never end: give the monitor a window (window: 1m), or read"
                        + " FROM TABLE(TUMBLE(TABLE " + rows
                        + ", DESCRIPTOR(" + time
                        + "), INTERVAL '1' MINUTE)) and GROUP BY window_start, window_end");
    }

    /** The link, with a projected row of the keys, the time if there is one, and what aggregates read. */
    private Draft draft(Windowing windowing, Span span, List<Expression> times) {
        List<Integer> projected = new ArrayList<>(keys);
        int timeColumn = times.isEmpty() ? -1 : keys.size();
        int shift = times.isEmpty() ? 0 : 1;
        arguments.stream().filter(column -> !keys.contains(column)).forEach(projected::add);
        List<LinkInput> inputs = new ArrayList<>();
        for (int i = 0; i < feeds.size(); i++) {
            List<Expression> columns = new ArrayList<>();
            for (int column : projected) {
                columns.add(feeds.get(i).columns().get(column));
            }
            if (!times.isEmpty()) {
                columns.add(keys.size(), times.get(i));
            }
            Feed bare = feeds.get(i).withColumns(columns);
            bare = bare.windows() == null ? bare : bare.withoutWindows();
            inputs.add(new LinkInput(
                    bare.source(),
                    null,
                    bare.lookups(),
                    bare.filter() == null ? null : bare.filter().folded(),
                    bare.columns().stream().map(Expression::folded).toList()));
        }
        List<AggregateColumn> calls = new ArrayList<>();
        List<Type> types = Substitution.types(feeds.get(0).columns());
        for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
            if (call.getAggregation() instanceof AggregateOperator) {
                calls.add(column(call, types, projected, shift));
            }
        }
        Aggregation shape = new Aggregation(windowing, timeColumn, keys.size(), sets(), calls, 0);
        return output(inputs, shape, span, types);
    }

    private AggregateColumn column(
            org.apache.calcite.rel.core.AggregateCall call,
            List<Type> types,
            List<Integer> projected,
            int shift) {
        AggregateOperator operator = (AggregateOperator) call.getAggregation();
        List<Type> argumentTypes = new ArrayList<>();
        List<Object> literals = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        for (int argument : call.getArgList()) {
            argumentTypes.add(types.get(argument));
            literals.add(literalOf(argument));
        }
        try {
            AggregateCall resolved = AggregateOperator.resolve(
                    operator.function(),
                    argumentTypes,
                    literals,
                    call.isDistinct(),
                    links.limits());
            int filter = call.filterArg < 0 ? -1 : place(call.filterArg, projected, shift);
            for (int argument :
                    call.getArgList().subList(0, resolved.argumentTypes().size())) {
                columns.add(place(argument, projected, shift));
            }
            return new AggregateColumn(resolved, columns, filter);
        } catch (TidewatchException e) {
            throw Refusal.of(e, call.getParserPosition());
        }
    }

    private int place(int column, List<Integer> projected, int shift) {
        int index = projected.indexOf(column);
        return index < keys.size() ? index : index + shift;
    }

    /** The value of an argument that is a literal number, or an empty string. */
    private Object literalOf(int argument) {
        if (aggregate.getInput() instanceof Project project) {
            RexNode node = project.getProjects().get(argument);
            if (node instanceof RexLiteral literal && !literal.isNull()) {
                return literal.getValue() instanceof BigDecimal value ? value : "";
            }
        }
        return "";
    }

    private List<List<Integer>> sets() {
        List<List<Integer>> sets = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            List<Integer> indices = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                if (set.get(keys.get(i))) {
                    indices.add(i);
                }
            }
            sets.add(indices);
        }
        return sets;
    }

    private Draft output(List<LinkInput> inputs, Aggregation shape, Span span, List<Type> types) {
        int windowStart = keys.size() + 1 + shape.aggregates().size();
        List<Expression> columns = new ArrayList<>();
        for (int column : aggregate.getGroupSet()) {
            columns.add(groupColumn(column, windowStart, types));
        }
        int next = keys.size() + 1;
        for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
            if (call.getAggregation() instanceof AggregateOperator) {
                Type type =
                        shape.aggregates().get(next - keys.size() - 1).call().resultType();
                columns.add(Expressions.column(next++, type));
            } else {
                columns.add(grouping(call));
            }
        }
        List<OutputColumn> key = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            key.add(new OutputColumn(
                    keyName(keys.get(i)), Expressions.column(i, types.get(keys.get(i)))));
        }
        if (shape.groupingSets().size() > 1) {
            GroupingBits.requireFew(keys.size(), pos);
        }
        Expression groupingId = shape.groupingSets().size() == 1
                ? null
                : Expressions.column(keys.size(), Type.BIGINT);
        return new Draft(
                inputs,
                shape,
                windowStart,
                span,
                null,
                columns,
                new RowKey(key, groupingId, null, 1),
                true);
    }

    private Expression groupColumn(int column, int windowStart, List<Type> types) {
        int key = keys.indexOf(column);
        if (key >= 0) {
            return Expressions.column(key, types.get(column));
        }
        return Expressions.column(
                flow.isWindowStart(column) ? windowStart : windowStart + 1, Type.TIMESTAMP);
    }

    /** GROUPING and GROUPING_ID, from the bits of the shaped row's GROUPING_ID. */
    private Expression grouping(org.apache.calcite.rel.core.AggregateCall call) {
        if (!call.getAggregation().getName().startsWith("GROUPING")) {
            throw Refusal.unsupported(
                    call.getParserPosition(),
                    "'" + call.getAggregation().getName() + "' is not supported");
        }
        if (keys.size() > GROUPING_BITS_MAX) {
            throw Refusal.limit(
                    pos, "GROUPING with more than " + GROUPING_BITS_MAX + " keys is not supported");
        }
        Expression id = Expressions.column(keys.size(), Type.BIGINT);
        List<@Nullable Expression> bits = new ArrayList<>();
        for (int argument : call.getArgList()) {
            int key = keys.indexOf(argument);
            bits.add(key < 0 ? null : GroupingBits.bit(id, keys.size() - 1 - key));
        }
        return GroupingBits.number(bits);
    }

    /** What people call a key: the column's name, or what they wrote after GROUP BY. */
    private String keyName(int column) {
        String name = flow.names().get(column);
        if (name.startsWith("$f") && aggregate.getInput() instanceof Project project) {
            SqlParserPos written = Scalars.positionOf(project.getProjects().get(column));
            if (written.getLineNum() > 0) {
                return map.fragment(written);
            }
        }
        return name;
    }
}
