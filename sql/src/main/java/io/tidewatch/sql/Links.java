package io.tidewatch.sql;

import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Expansion;
import io.tidewatch.kernel.operator.KeyHead;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The links of a plan under construction. */
final class Links {
    private final AggregateLimits limits;
    private final List<Link> links = new ArrayList<>();
    private final Map<String, String> timeFields = new TreeMap<>();

    /** @param limits what aggregates, and lists of rows, may keep */
    Links(AggregateLimits limits) {
        this.limits = limits;
    }

    AggregateLimits limits() {
        return limits;
    }

    List<Link> all() {
        return links;
    }

    /** Remembers how the field with the event time of a stream is called, for messages. */
    void read(String stream, String timeField) {
        timeFields.put(stream, timeField);
    }

    String timeField(String stream) {
        return timeFields.getOrDefault(stream, "time");
    }

    /** Finishes a link whose rows are results, which are given once per branch. */
    int addResult(Draft draft, Branch.Layout layout, List<OutputColumn> own, RowKey key) {
        KeyHead head = draft.makesKey() ? draft.head() : new KeyHead(null, null, key.branches());
        links.add(link(draft, layout.columns(), own, layout.hidden(), head));
        return links.size() - 1;
    }

    /** Finishes a link that others read; an equal one is used again. */
    private int add(Draft draft, List<OutputColumn> columns, List<OutputColumn> key) {
        Link link = link(draft, columns, key, 0, draft.head());
        int index = links.indexOf(link);
        if (index < 0) {
            index = links.size();
            links.add(link);
        }
        return index;
    }

    private static Link link(
            Draft draft,
            List<OutputColumn> columns,
            List<OutputColumn> key,
            int hidden,
            KeyHead head) {
        LinkOutput output = new LinkOutput(folded(draft.having()), columns, key, hidden, head);
        return new Link(draft.inputs(), draft.shape(), output);
    }

    private static @Nullable Expression folded(@Nullable Expression expression) {
        return expression == null ? null : expression.folded();
    }

    /** The columns of a link with their names. */
    static List<OutputColumn> named(List<Expression> columns, List<String> names) {
        List<OutputColumn> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            named.add(new OutputColumn(names.get(i), columns.get(i).folded()));
        }
        return named;
    }

    /** The key with the names that the columns have; other parts of the key keep theirs, or are numbered. */
    static List<OutputColumn> keyOf(Draft draft, List<OutputColumn> columns) {
        List<OutputColumn> parts = draft.key().parts();
        Set<String> used = new TreeSet<>();
        List<Optional<String>> names = new ArrayList<>();
        for (OutputColumn part : parts) {
            Optional<String> name = columns.stream()
                    .filter(column -> column.expression().equals(part.expression()))
                    .map(OutputColumn::name)
                    .filter(each -> !used.contains(each))
                    .findFirst();
            name.ifPresent(used::add);
            names.add(name);
        }
        List<OutputColumn> key = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String own = parts.get(i).name();
            String name = names.get(i).orElseGet(() -> free(own, used));
            used.add(name);
            key.add(new OutputColumn(name, parts.get(i).expression()));
        }
        return key;
    }

    static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** Finishes a draft so that its rows can be read, with the columns of its key. */
    Feed close(Draft draft, List<String> names) {
        List<OutputColumn> columns = readable(draft, names);
        List<Expression> distinct =
                columns.stream().map(OutputColumn::expression).toList();
        List<OutputColumn> own =
                draft.makesKey() ? keyOf(draft, selected(draft, names)) : List.of();
        int index = add(draft, columns, own);
        Feed feed =
                Feed.ofRows(new RowSource.OfLink(index), links.get(index).schema(), draft.span());
        List<Expression> read = new ArrayList<>();
        draft.columns().forEach(column -> read.add(reading(draft, feed, distinct, column)));
        RowKey key = draft.makesKey() ? draft.key().withParts(own) : draft.key();
        return feed.withColumns(read)
                .withKey(key.map(expression -> reading(draft, feed, distinct, expression)));
    }

    private static List<OutputColumn> selected(Draft draft, List<String> names) {
        List<OutputColumn> selected = new ArrayList<>();
        for (int i = 0; i < draft.columns().size(); i++) {
            selected.add(new OutputColumn(names.get(i), draft.columns().get(i)));
        }
        return selected;
    }

    /** The columns of a draft and of its key, each once, in an order that equal drafts have in common. */
    private static List<OutputColumn> readable(Draft draft, List<String> names) {
        List<OutputColumn> wanted = selected(draft, names);
        wanted.addAll(draft.key().columns());
        List<OutputColumn> columns = new ArrayList<>();
        Set<Expression> seen = new LinkedHashSet<>();
        Set<String> taken = new TreeSet<>();
        for (OutputColumn column : wanted) {
            Expression expression = column.expression();
            boolean isWindow = draft.span() != null
                    && (draft.isWindowStart(expression) || draft.isWindowEnd(expression));
            if (!isWindow && seen.add(expression)) {
                String name = free(column.name(), taken);
                taken.add(name);
                columns.add(new OutputColumn(name, expression));
            }
        }
        columns.sort(Comparator.comparing(column -> column.expression().toString()));
        return columns;
    }

    private static Expression reading(
            Draft draft, Feed feed, List<Expression> distinct, Expression column) {
        int index = distinct.indexOf(column);
        if (index >= 0) {
            return Expressions.column(index, column.type());
        }
        return Expressions.column(
                draft.isWindowStart(column) ? feed.windowStart() : feed.windowStart() + 1,
                Type.TIMESTAMP);
    }

    /** The pipe as something to read from. */
    Feed feed(Pipe pipe, List<String> names) {
        if (pipe instanceof Draft draft) {
            return close(draft, names);
        }
        return (Feed) pipe;
    }

    /** The rows of all pipes, read from one source, each with its window. Pipes without windows are refused by the caller. */
    Feed windowed(Flow flow) {
        List<Feed> feeds = new ArrayList<>();
        for (Pipe pipe : flow.pipes()) {
            Feed feed = feed(pipe, flow.names());
            feeds.add(feed.windows() == null ? feed : close(listed(feed), flow.names()));
        }
        if (feeds.size() == 1) {
            return feeds.get(0);
        }
        return close(passed(feeds), flow.names());
    }

    /** The rows as they are; with the windows that they have. */
    static Draft passed(List<Feed> feeds) {
        Feed first = feeds.get(0);
        PassedKeys keys = new PassedKeys(feeds);
        List<LinkInput> inputs = new ArrayList<>();
        for (int i = 0; i < feeds.size(); i++) {
            inputs.add(input(feeds.get(i), keys.rows().get(i)));
        }
        int windowStart = keys.rows().get(0).size();
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < first.columns().size(); i++) {
            int column = i;
            boolean isStart = feeds.stream()
                    .allMatch(feed -> feed.span() != null
                            && feed.isWindowStart(feed.columns().get(column)));
            boolean isEnd = feeds.stream()
                    .allMatch(feed -> feed.span() != null
                            && feed.isWindowEnd(feed.columns().get(column)));
            int index = isStart ? windowStart : isEnd ? windowStart + 1 : i;
            columns.add(Expressions.column(index, first.columns().get(i).type()));
        }
        return new Draft(
                inputs,
                new Rows(first.span() != null),
                windowStart,
                first.span(),
                null,
                columns,
                keys.key(),
                feeds.size() > 1);
    }

    /** An input of a link, with its table function as an expansion. */
    static LinkInput input(Feed feed, List<Expression> projected) {
        TableWindows windows = feed.windows();
        Expansion expansion = null;
        if (windows != null && windows.windowing() instanceof Windowing.Grid grid) {
            if (Substitution.reads(windows.time(), feed.sourceWidth(), Integer.MAX_VALUE)) {
                throw Refusal.unsupported(
                        SqlParserPos.ZERO,
                        "the time of a table function cannot come from a reference table: GROUP BY the window");
            }
            expansion = new Expansion(grid.windows(), windows.time());
        }
        return new LinkInput(
                feed.source(),
                expansion,
                feed.lookups(),
                folded(feed.filter()),
                projected.stream().map(Expression::folded).toList());
    }

    /** The rows of each window of a table function, listed when the window closes. */
    Draft listed(Feed feed) {
        TableWindows windows = feed.windows();
        if (windows == null) {
            throw new IllegalStateException("no windows to list the rows of");
        }
        boolean filterReadsWindow = feed.filter() != null && feed.readsWindow(feed.filter());
        Expression having =
                Substitution.andMaybe(filterReadsWindow ? feed.filter() : null, feed.filterAfter());
        Set<Integer> read = new LinkedHashSet<>();
        feed.columns().forEach(column -> column.forEachColumn(read::add));
        feed.key().columns().forEach(part -> part.expression().forEachColumn(read::add));
        if (having != null) {
            having.forEachColumn(read::add);
        }
        read.remove(feed.windowStart());
        read.remove(feed.windowStart() + 1);
        List<Expression> projected = new ArrayList<>(windows.keys());
        boolean byEventTime = feed.isEventTime(windows.time());
        int timeColumn = byEventTime ? -1 : projected.size();
        if (!byEventTime) {
            projected.add(windows.time());
        }
        Layout layout = layout(feed, windows, projected, read);
        Feed bare = feed.withColumns(projected).withoutWindows();
        LinkInput input = new LinkInput(
                bare.source(),
                null,
                bare.lookups(),
                filterReadsWindow ? null : folded(bare.filter()),
                bare.columns());
        int keyCount = windows.keys().size();
        Aggregation shape = new Aggregation(
                windows.windowing(),
                timeColumn,
                keyCount,
                List.of(IntStream.range(0, keyCount).boxed().toList()),
                List.of(),
                limits.rowsMax());
        return new Draft(
                List.of(input),
                shape,
                layout.windowStart(),
                new Span(windows.windowing()),
                having == null ? null : Substitution.apply(having, layout.mapping()),
                Substitution.apply(feed.columns(), layout.mapping()),
                windows.isSession()
                        ? RowKey.of(sessionKeys(windows))
                        : feed.key().map(part -> Substitution.apply(part, layout.mapping())),
                true);
    }

    private static List<OutputColumn> sessionKeys(TableWindows windows) {
        List<OutputColumn> keys = new ArrayList<>();
        for (int i = 0; i < windows.keys().size(); i++) {
            Expression key = Expressions.column(i, windows.keys().get(i).type());
            keys.add(new OutputColumn(windows.keyNames().get(i), key));
        }
        return keys;
    }

    /**
     * What columns of the joined row are in the shaped row of a listing. Keys are read from the key, but for doubles, which
     * may be another zero or NaN there.
     */
    private record Layout(List<Expression> mapping, int windowStart) {}

    private static Layout layout(
            Feed feed, TableWindows windows, List<Expression> projected, Set<Integer> read) {
        int keyCount = windows.keys().size();
        List<Expression> mapping = new ArrayList<>();
        for (int i = 0; i < feed.rowTypes().size(); i++) {
            Type type = feed.rowTypes().get(i);
            int key = windows.keys().indexOf(Expressions.column(i, type));
            if (key >= 0 && type.kind() != TypeKind.DOUBLE) {
                mapping.add(Expressions.column(key, type));
            } else if (read.contains(i)) {
                mapping.add(Expressions.column(keyCount + 1 + projected.size(), type));
                projected.add(Expressions.column(i, type));
            } else {
                mapping.add(Expressions.literal(type, null));
            }
        }
        int windowStart = keyCount + 1 + projected.size();
        mapping.set(feed.windowStart(), Expressions.column(windowStart, Type.TIMESTAMP));
        mapping.set(feed.windowStart() + 1, Expressions.column(windowStart + 1, Type.TIMESTAMP));
        return new Layout(mapping, windowStart);
    }
}
