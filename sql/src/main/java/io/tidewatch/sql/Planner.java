package io.tidewatch.sql;

import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Makes links of relational operators, from the sources up. Projections and filters are put into what they stand on; an
 * aggregation, a join of windows and a top-N make a new link, and finish the one below it.
 */
final class Planner {
    private final Functions functions;
    private final @Nullable Windowing monitorWindow;
    private final Places places;
    private final Links links;
    private final List<Warning> warnings = new ArrayList<>();
    private final ConstantRows constants;
    private final Set<String> streams = new TreeSet<>();
    private final Set<String> tables = new TreeSet<>();
    private final Set<String> monitors = new TreeSet<>();

    Planner(
            AggregateLimits limits,
            Functions functions,
            @Nullable Windowing monitorWindow,
            Places places,
            Set<String> declaredNames) {
        this.constants = new ConstantRows(declaredNames);
        this.links = new Links(limits);
        this.functions = functions;
        this.monitorWindow = monitorWindow;
        this.places = places;
    }

    Links links() {
        return links;
    }

    ConstantRows constants() {
        return constants;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** The names of the streams that are read. */
    Set<String> streams() {
        return streams;
    }

    Set<String> tables() {
        return tables;
    }

    Set<String> monitors() {
        return monitors;
    }

    /** The rows of a query. */
    Flow flow(RelNode node) {
        Part part = part(node);
        if (part instanceof Part.Ranking ranking) {
            throw topRows(ranking).withoutLimit();
        }
        if (part instanceof Part.TableRows table) {
            throw Refusal.unsupported(
                    places.of(node),
                    "'" + table.table().name()
                            + "' is a reference table, which gives no rows by itself: JOIN it to a stream");
        }
        return (Flow) part;
    }

    private Part part(RelNode node) {
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Filter filter) {
            return filter(filter);
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (node instanceof Join join) {
            return join(join);
        }
        if (node instanceof Union union) {
            return union(union);
        }
        if (node instanceof TableFunctionScan function) {
            return tableFunction(function);
        }
        if (node instanceof TableScan scan) {
            return scan(scan);
        }
        if (node instanceof Values values) {
            return constants.flow(values, places.of(values));
        }
        throw Refusal.unsupported(places.of(node), "this form of query is not supported");
    }

    private Part scan(TableScan scan) {
        Relations.Relation relation = scan.getTable().unwrap(Relations.Relation.class);
        if (relation == null) {
            throw new IllegalStateException("a table of another kind");
        }
        Schema schema = relation.schema();
        List<String> names = schema.fields().stream().map(field -> field.name()).toList();
        return switch (relation.kind()) {
            case STREAM -> {
                streams.add(relation.name());
                links.read(relation.name(), names.get(relation.timeField()));
                yield new Flow(
                        List.of(Feed.ofStream(relation.name(), schema, relation.timeField())),
                        names);
            }
            case TABLE -> {
                tables.add(relation.name());
                List<Type> types =
                        schema.fields().stream().map(field -> field.type()).toList();
                yield new Part.TableRows(relation, Substitution.columns(types), null, names);
            }
            case MONITOR -> {
                monitors.add(relation.name());
                yield new Flow(List.of(monitor(relation)), names);
            }
        };
    }

    /** The rows of a monitor: its columns, and those of the window under the names that are free. */
    private static Feed monitor(Relations.Relation relation) {
        Schema own = relation.ownSchema();
        Catalog.Derived monitor = relation.monitor();
        Schema rows = monitor.schema();
        Feed feed = Feed.ofRows(
                new RowSource.OfMonitor(relation.name()),
                rows,
                monitor.windowed() ? Span.UNKNOWN : null);
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < relation.schema().size(); i++) {
            String name = relation.schema().field(i).name();
            boolean isWindow = i >= own.size() || monitor.windowed() && isWindowColumn(name);
            int index = !isWindow
                    ? i
                    : name.equals(Relations.WINDOW_START) ? rows.size() : rows.size() + 1;
            columns.add(Expressions.column(index, relation.schema().field(i).type()));
        }
        return feed.withColumns(columns).withKey(key(monitor.key(), rows));
    }

    private static RowKey key(KeyPlaces places, Schema rows) {
        List<OutputColumn> parts = new ArrayList<>();
        places.parts()
                .forEach((name, column) -> parts.add(new OutputColumn(
                        name, Expressions.column(column, rows.field(column).type()))));
        return new RowKey(
                parts, number(places.groupingId()), number(places.branch()), places.branches());
    }

    private static @Nullable Expression number(int column) {
        return column < 0 ? null : Expressions.column(column, Type.BIGINT);
    }

    private static boolean isWindowColumn(String name) {
        return name.equals(Relations.WINDOW_START) || name.equals(Relations.WINDOW_END);
    }

    private Part project(Project project) {
        List<String> names = project.getRowType().getFieldNames();
        RexOver over = RexOvers.find(project.getProjects());
        Part input = part(project.getInput());
        if (over != null) {
            return new Part.Ranking(
                    requireFlow(input, project),
                    over,
                    RexOvers.asRank(
                            project.getProjects(),
                            project.getInput().getRowType().getFieldCount()),
                    names);
        }
        if (input instanceof Part.Ranking ranking) {
            return new Part.Ranking(
                    ranking.input(), ranking.over(), over(project.getProjects(), ranking), names);
        }
        if (input instanceof Part.TableRows table) {
            List<Expression> columns =
                    expressions(project.getProjects(), table.types(), table.names());
            return new Part.TableRows(
                    table.table(),
                    Substitution.apply(columns, table.columns()),
                    table.filter(),
                    names);
        }
        Flow flow = (Flow) input;
        for (RexNode node : project.getProjects()) {
            checkTyped(node, project);
        }
        List<Expression> columns = expressions(project.getProjects(), flow.types(), flow.names());
        return constants.isOneRow(flow) && columns.stream().allMatch(Expression::isConstant)
                ? constants.replaced(flow, columns, names)
                : flow.project(columns, names);
    }

    /** A column that is a bare NULL has no type. */
    private void checkTyped(RexNode node, Project project) {
        if (node.getType().getSqlTypeName() == SqlTypeName.NULL) {
            throw Refusal.invalid(
                    places.of(project),
                    "a column that is NULL has no type: write CAST(NULL AS VARCHAR), or another type");
        }
    }

    private Flow requireFlow(Part part, RelNode node) {
        if (part instanceof Flow flow) {
            return flow;
        }
        if (part instanceof Part.Ranking ranking) {
            throw topRows(ranking).withoutLimit();
        }
        throw Refusal.unsupported(
                places.of(node), "a reference table gives no rows by itself: JOIN it to a stream");
    }

    /** Expressions over the columns of a ranking, written out over its input and the rank. */
    private static List<RexNode> over(List<RexNode> nodes, Part.Ranking ranking) {
        RexShuttle shuttle = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return ranking.columns().get(reference.getIndex());
            }
        };
        return nodes.stream().map(node -> node.accept(shuttle)).toList();
    }

    private List<Expression> expressions(
            List<RexNode> nodes, List<Type> types, List<String> names) {
        Scalars scalars = new Scalars(functions, Substitution.columns(types), names);
        List<Expression> expressions = new ArrayList<>();
        nodes.forEach(node -> expressions.add(scalars.expression(node)));
        return expressions;
    }

    private Part filter(Filter filter) {
        Part input = part(filter.getInput());
        if (input instanceof Part.Ranking ranking) {
            RexNode condition = over(List.of(filter.getCondition()), ranking).get(0);
            return topRows(ranking).filtered(condition, ranking.columns(), ranking.names());
        }
        List<RexNode> conditions = List.of(filter.getCondition());
        if (input instanceof Part.TableRows table) {
            Expression condition =
                    expressions(conditions, table.types(), table.names()).get(0);
            return new Part.TableRows(
                    table.table(),
                    table.columns(),
                    Substitution.and(
                            table.filter(), Substitution.apply(condition, table.columns())),
                    table.names());
        }
        Flow flow = (Flow) input;
        return flow.filter(expressions(conditions, flow.types(), flow.names()).get(0));
    }

    private TopRows topRows(Part.Ranking ranking) {
        return new TopRows(links, monitorWindow, functions, ranking);
    }

    private Flow aggregate(Aggregate aggregate) {
        Flow input = requireFlow(part(aggregate.getInput()), aggregate);
        Aggregating aggregating = new Aggregating(
                links, monitorWindow, aggregate, input, places.of(aggregate), places.map());
        return new Flow(List.of(aggregating.draft()), aggregate.getRowType().getFieldNames());
    }

    private Flow join(Join join) {
        boolean keepsUnmatched = join.getJoinType() == JoinRelType.LEFT;
        SqlParserPos pos = Scalars.positionOf(join.getCondition());
        places.put(join, pos);
        if (!keepsUnmatched && join.getJoinType() != JoinRelType.INNER) {
            throw Refusal.unsupported(
                    pos, "this kind of JOIN is not supported: write JOIN or LEFT JOIN");
        }
        Part left = part(join.getLeft());
        Part right = part(join.getRight());
        if (right instanceof Part.TableRows table) {
            Flow flow = requireFlow(left, join);
            return new Lookups(links, functions, table, keepsUnmatched, pos)
                    .joined(flow, join.getCondition());
        }
        if (left instanceof Part.TableRows table) {
            return swapped(join, table, requireFlow(right, join), keepsUnmatched, pos);
        }
        Flow ofLeft = requireFlow(left, join);
        Flow ofRight = requireFlow(right, join);
        Joining joining =
                new Joining(links, monitorWindow, functions, ofLeft, ofRight, keepsUnmatched, pos);
        List<String> names = new ArrayList<>(ofLeft.names());
        names.addAll(ofRight.names());
        return new Flow(List.of(joining.draft(join.getCondition())), names);
    }

    /** A table on the left and a stream on the right, which is the same the other way round. */
    private Flow swapped(
            Join join, Part.TableRows table, Flow flow, boolean keepsUnmatched, SqlParserPos pos) {
        if (keepsUnmatched) {
            throw Refusal.unsupported(
                    pos,
                    "a reference table cannot be on the left of a LEFT JOIN: put the stream there");
        }
        int ofTable = table.columns().size();
        int ofFlow = flow.types().size();
        RexNode condition = join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                return new RexInputRef(
                        index < ofTable ? index + ofFlow : index - ofTable, reference.getType());
            }
        });
        Flow joined = new Lookups(links, functions, table, false, pos).joined(flow, condition);
        List<Expression> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ofTable + ofFlow; i++) {
            int index = i < ofTable ? i + ofFlow : i - ofTable;
            columns.add(Expressions.column(index, joined.types().get(index)));
            names.add(joined.names().get(index));
        }
        return joined.project(columns, names);
    }

    private Flow union(Union union) {
        List<Flow> flows = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            flows.add(requireFlow(part(input), input));
        }
        Flow constant = constants.union(flows);
        if (constant != null) {
            return constant;
        }
        List<String> names = union.getRowType().getFieldNames();
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            types.add(commonType(union, flows, i));
        }
        List<Pipe> pipes = new ArrayList<>();
        for (Flow flow : flows) {
            pipes.addAll(cast(flow, types).pipes());
        }
        return new Flow(pipes, names);
    }

    private Type commonType(Union union, List<Flow> flows, int column) {
        List<Type> types = flows.stream().map(flow -> flow.types().get(column)).toList();
        return Expressions.commonType(types)
                .orElseThrow(() -> Refusal.invalid(
                        places.of(union),
                        "column " + (column + 1)
                                + " of the branches of UNION ALL has different types, "
                                + String.join(
                                        ", ",
                                        types.stream()
                                                .map(Type::toString)
                                                .distinct()
                                                .toList())
                                + ": CAST them to one"));
    }

    private static Flow cast(Flow flow, List<Type> types) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(Expressions.cast(
                    Expressions.column(i, flow.types().get(i)), types.get(i), false));
        }
        return flow.types().equals(types) ? flow : flow.project(columns, flow.names());
    }

    private Flow tableFunction(TableFunctionScan scan) {
        Flow input = requireFlow(part(scan.getInput(0)), scan);
        TableFunctions call = new TableFunctions(functions, (RexCall) scan.getCall());
        if (monitorWindow != null) {
            throw Refusal.invalid(
                    call.pos(),
                    "the monitor has a window already: remove window:, or this table function");
        }
        return input.map(
                pipe -> {
                    Feed feed = links.feed(pipe, input.names());
                    if (feed.windows() != null) {
                        feed = settled(feed, input.names());
                    }
                    TableWindows windows = call.over(feed.columns(), input.names());
                    if (feed.isWindowEnd(windows.time())) {
                        warnings.add(endIsBehind(call.pos()));
                    }
                    return feed.withWindows(windows);
                },
                scan.getRowType().getFieldNames());
    }

    private Warning endIsBehind(SqlParserPos pos) {
        return new Warning(
                places.map().written().place(places.map().start(pos)),
                "the end of a window belongs to the next one: write DESCRIPTOR of the window's start, which is inside");
    }

    /** The rows of a table function that another one reads. */
    private Feed settled(Feed feed, List<String> names) {
        boolean isSession = feed.windows() != null && feed.windows().isSession();
        Draft draft = isSession ? links.listed(feed) : Links.passed(List.of(feed));
        return links.close(draft, names);
    }
}
