package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The compilation of one query. */
final class QueryCompilation {
    private final Functions functions;
    private final QueryText text;
    private final @Nullable Windowing window;
    private final List<QueryText> key;
    private final Parser.Parsed parsed;
    private final Compilation compilation;
    private final List<Warning> warnings = new ArrayList<>();

    QueryCompilation(
            Catalog catalog,
            Functions functions,
            Operators operators,
            QueryText text,
            @Nullable Windowing window,
            List<QueryText> key) {
        TypeFactory types = new TypeFactory();
        Relations relations = new Relations(catalog, types);
        this.functions = functions;
        this.text = text;
        this.window = window;
        this.key = key;
        this.parsed = Parser.query(text, relations.allNames());
        this.compilation = new Compilation(parsed, relations, operators, types);
    }

    CompiledQuery run() {
        return compilation.guarded(this::compiled);
    }

    private CompiledQuery compiled() {
        Forms.check(parsed.node());
        SqlNode validated = compilation.validated(Rewriting.rewritten(parsed.node()));
        Divisions divisions = new Divisions(compilation.validation(), parsed.map());
        divisions.check(validated);
        warnings.addAll(divisions.warnings());
        RelRoot root = compilation.converted(validated);
        Planner planner = new Planner(functions, window, compilation.places());
        List<Integer> branches = branches(planner, root);
        return new CompiledQuery(
                planner.links().all(),
                branches,
                planner.constants().streams(),
                planner.streams(),
                planner.tables(),
                planner.monitors(),
                warnings);
    }

    private List<Integer> branches(Planner planner, RelRoot root) {
        RelNode rows = root.rel instanceof Sort sort ? sort.getInput() : root.rel;
        Flow flow = planner.flow(rows);
        if (root.rel instanceof Sort sort) {
            checkOrder(sort, flow);
        }
        List<Expression> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        root.fields.forEach(field -> {
            columns.add(io.tidewatch.kernel.expression.Expressions.column(
                    field.getKey(), flow.types().get(field.getKey())));
            names.add(field.getValue());
        });
        checkNames(names);
        Flow results = flow.project(columns, names);
        List<Integer> branches = new ArrayList<>();
        for (Pipe pipe : results.pipes()) {
            branches.add(finished(planner.links(), pipe, names));
        }
        checkWindow(planner.links());
        return branches;
    }

    /** Rows come in the order of time anyway; no other order is possible. */
    private void checkOrder(Sort sort, Flow flow) {
        for (RelFieldCollation term : sort.getCollation().getFieldCollations()) {
            int column = term.getFieldIndex();
            boolean isTime = flow.isWindowStart(column)
                    || flow.isWindowEnd(column)
                    || flow.pipes().stream().allMatch(pipe -> isTime(pipe, column));
            if (!isTime || term.direction.isDescending()) {
                throw Refusal.unsupported(
                        parsed.node() instanceof SqlOrderBy order
                                ? order.orderList.getParserPosition()
                                : SqlParserPos.ZERO,
                        "results come in the order of their time, and a stream cannot be sorted by anything else: remove"
                                + " ORDER BY, or " + Forms.TOP_N);
            }
        }
    }

    private static boolean isTime(Pipe pipe, int column) {
        Expression expression = pipe.columns().get(column);
        return pipe instanceof Feed feed
                && (feed.isEventTime(expression)
                        || feed.windows() != null && feed.windows().time().equals(expression));
    }

    private void checkNames(List<String> names) {
        Set<String> seen = new TreeSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw text.invalid(
                        0,
                        "two columns are called '" + name
                                + "': give one of them another name with AS");
            }
            if (name.startsWith("EXPR$")) {
                warnings.add(new Warning(
                        text.place(0),
                        "a column has no name and is called " + name + ": give it one with AS"));
            }
        }
    }

    private int finished(Links links, Pipe pipe, List<String> names) {
        Draft draft;
        if (pipe instanceof Draft ready) {
            draft = ready;
        } else {
            Feed feed = (Feed) pipe;
            boolean isSession = feed.windows() != null && feed.windows().isSession();
            draft = isSession ? Links.listed(feed, names) : Links.passed(List.of(feed), List.of());
        }
        List<OutputColumn> columns = Links.named(draft.columns(), names);
        if (draft.span() != null) {
            requireNoKey();
            return links.add(
                    draft, columns, draft.makesKey() ? Links.keyOf(draft, columns) : List.of());
        }
        return links.add(draft, columns, keyColumns(columns));
    }

    private void requireNoKey() {
        if (!key.isEmpty()) {
            throw key.get(0)
                    .invalid(
                            0,
                            "the results have windows, and their key is what GROUP BY names: remove key:");
        }
    }

    /** The columns that {@code key:} names. */
    private List<OutputColumn> keyColumns(List<OutputColumn> columns) {
        List<String> names = columns.stream().map(OutputColumn::name).toList();
        List<OutputColumn> found = new ArrayList<>();
        for (QueryText name : key) {
            String written = name.text().strip();
            String match = Names.find(names, written);
            if (match == null) {
                throw name.invalid(
                        0,
                        "unknown column '" + written + "'" + Suggestion.didYouMean(written, names));
            }
            found.add(columns.get(names.indexOf(match)));
        }
        return found;
    }

    private void checkWindow(Links links) {
        boolean used = links.all().stream()
                .anyMatch(link -> link.shape() instanceof io.tidewatch.kernel.operator.Aggregation);
        if (window != null && !used) {
            throw text.invalid(
                    0,
                    "the monitor has a window:, but its query aggregates nothing: remove window:, or add GROUP BY");
        }
    }
}
