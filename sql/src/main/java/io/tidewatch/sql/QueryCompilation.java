package io.tidewatch.sql;

import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The compilation of one query. */
final class QueryCompilation {
    private final AggregateLimits limits;
    private final Functions functions;
    private final Set<String> names;
    private final QueryText text;
    private final @Nullable Windowing window;
    private final List<QueryText> key;
    private final Parser.Parsed parsed;
    private final Compilation compilation;
    private final List<Warning> warnings = new ArrayList<>();

    QueryCompilation(
            Catalog catalog,
            AggregateLimits limits,
            Functions functions,
            Operators operators,
            QueryText text,
            @Nullable Windowing window,
            List<QueryText> key) {
        TypeFactory types = new TypeFactory();
        Relations relations = new Relations(catalog, types);
        this.limits = limits;
        this.functions = functions;
        this.names = new LinkedHashSet<>(relations.names());
        this.text = text;
        this.window = window;
        this.key = key;
        this.parsed = Parser.query(text, relations, operators.plainFunctionNames());
        this.compilation = new Compilation(parsed, relations, operators, types);
    }

    CompiledQuery run() {
        return compilation.guarded(this::compiled);
    }

    private CompiledQuery compiled() {
        Forms.check(parsed.node());
        Vain vain = new Vain(compilation.places());
        vain.compare(parsed.node());
        SqlNode rewritten = Rewriting.rewritten(parsed.node());
        WrittenDivisions written = WrittenDivisions.of(rewritten, parsed.map());
        SqlNode validated = compilation.validated(rewritten);
        RelRoot root = compilation.converted(validated);
        DivisionFlow divisions = DivisionFlow.ofQuery(written, compilation.places());
        List<@Nullable IntegerDivision> divided = divisions.columns(root.rel);
        Planner planner = new Planner(limits, functions, window, compilation.places(), names);
        List<Branch> results = branches(planner, root);
        List<Branch.Layout> layouts = Branch.layouts(results);
        List<Integer> branches = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            branches.add(results.get(i).addTo(planner.links(), layouts.get(i)));
        }
        checkWindow(planner.links());
        checkBranches(planner.links().all(), branches);
        List<Link> links = Pruning.pruned(planner.links().all(), branches);
        warnings.addAll(divisions.warnings());
        warnings.addAll(planner.warnings());
        vain.compute(root.rel, Scalars.ofConstants(functions));
        warnings.addAll(vain.warnings());
        return new CompiledQuery(
                links,
                branches,
                constants(planner, links),
                planner.streams(),
                planner.tables(),
                planner.monitors(),
                layouts.get(0).places(),
                divided(links.get(branches.get(0)), root, divided),
                warnings);
    }

    /** The divisions that the columns of the results rest on. */
    private static Map<String, IntegerDivision> divided(
            Link results, RelRoot root, List<@Nullable IntegerDivision> divisions) {
        Map<String, IntegerDivision> byName = new LinkedHashMap<>();
        for (int i = 0; i < root.fields.size(); i++) {
            IntegerDivision division = divisions.get(root.fields.get(i).getKey());
            if (division != null) {
                byName.put(results.output().columns().get(i).name(), division);
            }
        }
        return byName;
    }

    /** The rows of VALUES that links read. */
    private static List<StreamPlan> constants(Planner planner, List<Link> links) {
        Set<RowSource> read = new LinkedHashSet<>();
        for (Link link : links) {
            link.inputs().forEach(input -> read.add(input.source()));
        }
        return planner.constants().streams().stream()
                .filter(stream -> read.contains(new RowSource.OfStream(stream.name())))
                .toList();
    }

    private List<Branch> branches(Planner planner, RelRoot root) {
        RelNode rows = root.rel instanceof Sort sort ? sort.getInput() : root.rel;
        Flow flow = planner.flow(rows);
        if (root.rel instanceof Sort sort) {
            checkOrder(sort, flow);
        }
        List<Expression> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        root.fields.forEach(field -> {
            columns.add(Expressions.column(field.getKey(), flow.types().get(field.getKey())));
            names.add(
                    isPlainName(names.size(), root.fields.size())
                            ? DeclaredNames.of(root.rel, field.getKey(), field.getValue())
                            : field.getValue());
        });
        checkNames(names);
        Flow results = flow.project(columns, names);
        List<Branch> branches = new ArrayList<>();
        for (Pipe pipe : results.pipes()) {
            branches.add(finished(planner.links(), pipe, names));
        }
        long count =
                branches.stream().mapToInt(branch -> branch.key().branches()).sum();
        GroupingBits.branches(count, SqlParserPos.ZERO);
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
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!seen.add(name)) {
                throw text.invalid(
                        offsetOf(i, names.size()),
                        "two columns are called '" + name
                                + "': give one of them another name with AS");
            }
            if (name.startsWith("EXPR$")) {
                warnings.add(new Warning(
                        text.place(offsetOf(i, names.size())),
                        "this column has no name and is called " + name + ": give it one with AS"));
            }
        }
    }

    /** Where a column of the result stands. */
    private int offsetOf(int column, int columnCount) {
        SqlNode item = item(column, columnCount);
        return item == null ? 0 : parsed.map().start(item.getParserPosition());
    }

    /** Whether a column of the result is a name alone, which is given back as it was declared. */
    private boolean isPlainName(int column, int columnCount) {
        return item(column, columnCount) instanceof SqlIdentifier;
    }

    /** What SELECT says of a column of the result, unless it has stars. */
    private @Nullable SqlNode item(int column, int columnCount) {
        SqlNode query = parsed.node() instanceof SqlOrderBy order ? order.query : parsed.node();
        SqlNode body = query instanceof SqlWith with ? with.body : query;
        return body instanceof SqlSelect select && select.getSelectList().size() == columnCount
                ? select.getSelectList().get(column)
                : null;
    }

    private Branch finished(Links links, Pipe pipe, List<String> names) {
        Draft draft;
        if (pipe instanceof Draft ready) {
            draft = ready;
        } else {
            Feed feed = (Feed) pipe;
            boolean isSession = feed.windows() != null && feed.windows().isSession();
            draft = isSession ? links.listed(feed) : Links.passed(List.of(feed));
        }
        List<OutputColumn> columns = Links.named(draft.columns(), names);
        if (draft.span() != null) {
            requireNoKey();
            checkWindowNames(draft, columns);
            List<OutputColumn> own = draft.makesKey() ? Links.keyOf(draft, columns) : List.of();
            return Branch.of(draft, columns, own);
        }
        return Branch.of(draft, columns, keyColumns(columns));
    }

    /** What is called like the start or the end of the window is that. */
    private void checkWindowNames(Draft draft, List<OutputColumn> columns) {
        for (OutputColumn column : columns) {
            boolean wrong = column.name().equalsIgnoreCase(Relations.WINDOW_START)
                            && !draft.isWindowStart(column.expression())
                    || column.name().equalsIgnoreCase(Relations.WINDOW_END)
                            && !draft.isWindowEnd(column.expression());
            if (wrong) {
                throw text.invalid(
                        0,
                        "'" + column.name()
                                + "' is what the window of a result is called: give the column another name with AS");
            }
        }
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

    /** The results of all branches have the same key, and all have windows or none has. */
    private void checkBranches(List<Link> links, List<Integer> branches) {
        Link first = links.get(branches.get(0));
        for (int branch : branches) {
            Link link = links.get(branch);
            if (!keyOf(link).equals(keyOf(first))) {
                throw text.unsupported(
                        0,
                        "the branches of UNION ALL have different keys, " + shown(keyOf(first))
                                + " and " + shown(keyOf(link))
                                + ": GROUP BY the same columns in all of them, and select these");
            }
            if (isWindowed(link) != isWindowed(first)) {
                throw text.unsupported(
                        0,
                        "some branches of UNION ALL have windows and others not: aggregate in all of them");
            }
        }
    }

    private static String shown(List<Field> key) {
        return key.stream()
                .map(field -> field.name() + " " + field.type())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static boolean isWindowed(Link link) {
        return !(link.shape() instanceof Rows rows) || rows.keepsWindow();
    }

    private static List<Field> keyOf(Link link) {
        return link.output().key().stream()
                .map(column -> new Field(column.name(), column.expression().type()))
                .toList();
    }

    private void checkWindow(Links links) {
        boolean used = links.all().stream().anyMatch(link -> link.shape() instanceof Aggregation);
        if (window != null && !used) {
            throw text.invalid(
                    0,
                    "the monitor has a window:, but its query aggregates nothing: remove window:, or add GROUP BY");
        }
    }
}
