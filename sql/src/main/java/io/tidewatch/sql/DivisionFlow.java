package io.tidewatch.sql;

import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Follows divisions of integers from where they stand to the conditions that rest on them, so that no ratio is silently zero.
 * A column rests on a division that its expression contains, or that a column rests on which it reads; so do aggregates with
 * their arguments and filters. Conditions on results and on aggregates (HAVING, and WHERE and ON above an aggregation) may
 * not rest on any; all divisions are warned of.
 */
final class DivisionFlow {
    private final WrittenDivisions written;
    private final Places places;
    private final @Nullable String everyFilter;
    private final Map<Integer, List<@Nullable IntegerDivision>> known = new LinkedHashMap<>();
    private final Set<IntegerDivision> found = new LinkedHashSet<>();

    /** What an expression rests on, and where it says so. */
    private record Use(IntegerDivision division, SqlParserPos pos, boolean isDirect) {}

    private DivisionFlow(WrittenDivisions written, Places places, @Nullable String everyFilter) {
        this.written = written;
        this.places = places;
        this.everyFilter = everyFilter;
    }

    /** The divisions of a query, whose conditions on aggregates are judged on the way. */
    static DivisionFlow ofQuery(WrittenDivisions written, Places places) {
        return new DivisionFlow(written, places, null);
    }

    /** Those of a condition on results, which is the filter of a query over them. */
    static DivisionFlow ofCondition(WrittenDivisions written, Places places) {
        return new DivisionFlow(written, places, "a condition");
    }

    /** For each column of a query, the division that it rests on; absent if there is none. */
    List<@Nullable IntegerDivision> columns(RelNode node) {
        List<@Nullable IntegerDivision> columns = known.get(node.getId());
        if (columns == null) {
            columns = derived(node);
            known.put(node.getId(), columns);
        }
        return columns;
    }

    /** A warning for each division of integers that was met. */
    List<Warning> warnings() {
        return found.stream()
                .map(division -> new Warning(
                        division.position(),
                        "'/' between integers drops the remainder: write " + division.remedy()
                                + " if that is not meant"))
                .toList();
    }

    private List<@Nullable IntegerDivision> derived(RelNode node) {
        if (node instanceof Project project) {
            List<@Nullable IntegerDivision> input = columns(project.getInput());
            List<@Nullable IntegerDivision> columns = new ArrayList<>();
            project.getProjects().forEach(each -> columns.add(divisionOf(each, input)));
            return columns;
        }
        if (node instanceof Filter filter) {
            List<@Nullable IntegerDivision> columns = columns(filter.getInput());
            check(filter.getCondition(), columns, filter);
            return columns;
        }
        if (node instanceof Sort sort) {
            return columns(sort.getInput());
        }
        if (node instanceof Join join) {
            List<@Nullable IntegerDivision> columns = new ArrayList<>(columns(join.getLeft()));
            columns.addAll(columns(join.getRight()));
            check(join.getCondition(), columns, join);
            return columns;
        }
        if (node instanceof Aggregate aggregate) {
            return aggregated(aggregate);
        }
        if (node instanceof Union union) {
            return united(union);
        }
        return node instanceof TableScan scan ? scanned(scan) : widened(node);
    }

    private List<@Nullable IntegerDivision> aggregated(Aggregate aggregate) {
        List<@Nullable IntegerDivision> input = columns(aggregate.getInput());
        List<@Nullable IntegerDivision> columns = new ArrayList<>();
        aggregate.getGroupSet().forEach(column -> columns.add(input.get(column)));
        for (AggregateCall call : aggregate.getAggCallList()) {
            List<Integer> read = new ArrayList<>();
            if (call.getAggregation() instanceof AggregateOperator) {
                read.addAll(call.getArgList());
            }
            if (call.filterArg >= 0) {
                read.add(call.filterArg);
            }
            columns.add(firstOf(read.stream().map(input::get).toList()));
        }
        return columns;
    }

    private List<@Nullable IntegerDivision> united(Union union) {
        List<@Nullable IntegerDivision> columns = new ArrayList<>();
        for (int i = 0; i < union.getRowType().getFieldCount(); i++) {
            List<@Nullable IntegerDivision> branches = new ArrayList<>();
            for (RelNode branch : union.getInputs()) {
                branches.add(columns(branch).get(i));
            }
            columns.add(firstOf(branches));
        }
        return columns;
    }

    private static List<@Nullable IntegerDivision> scanned(TableScan scan) {
        Relations.Relation relation = scan.getTable().unwrap(Relations.Relation.class);
        List<@Nullable IntegerDivision> columns = new ArrayList<>();
        for (String name : scan.getRowType().getFieldNames()) {
            columns.add(relation == null ? null : relation.divisions().get(name));
        }
        return columns;
    }

    /** The columns of what a node reads, and behind them its own, which rest on nothing. */
    private List<@Nullable IntegerDivision> widened(RelNode node) {
        List<@Nullable IntegerDivision> columns = new ArrayList<>();
        node.getInputs().forEach(input -> columns.addAll(columns(input)));
        int width = node.getRowType().getFieldCount();
        columns.addAll(Collections.nCopies(Math.max(0, width - columns.size()), null));
        return columns;
    }

    private static @Nullable IntegerDivision firstOf(
            List<? extends @Nullable IntegerDivision> divisions) {
        for (IntegerDivision division : divisions) {
            if (division != null) {
                return division;
            }
        }
        return null;
    }

    private @Nullable IntegerDivision divisionOf(
            RexNode expression, List<@Nullable IntegerDivision> columns) {
        Use use = useIn(expression, columns);
        return use == null ? null : use.division;
    }

    private @Nullable Use useIn(RexNode expression, List<@Nullable IntegerDivision> columns) {
        Finder finder = new Finder(columns);
        expression.accept(finder);
        return finder.first;
    }

    private void check(RexNode condition, List<@Nullable IntegerDivision> columns, RelNode node) {
        Use use = useIn(condition, columns);
        String where = everyFilter != null ? everyFilter : "a condition on aggregates";
        if (use == null || everyFilter == null && !readsAggregates(node)) {
            return;
        }
        SqlParserPos pos = use.pos.getLineNum() > 0 ? use.pos : places.of(node);
        IntegerDivision division = use.division;
        throw Refusal.invalid(
                pos,
                use.isDirect
                        ? "'/' between integers drops the remainder, so in " + where
                                + " it is refused: write " + division.remedy()
                        : "this rests on a division of integers, which drops the remainder, so in "
                                + where + " it is refused: write " + division.remedy() + " at "
                                + division.position());
    }

    /** Whether rows may stand for several events. */
    private static boolean readsAggregates(RelNode node) {
        if (node instanceof TableScan scan) {
            Relations.Relation relation = scan.getTable().unwrap(Relations.Relation.class);
            return relation != null && relation.windowed();
        }
        return node instanceof Aggregate
                || node.getInputs().stream().anyMatch(DivisionFlow::readsAggregates);
    }

    private static boolean isOfIntegers(RexCall call) {
        return call.getKind() == SqlKind.DIVIDE
                && call.getOperands().stream()
                        .allMatch(operand -> TypeFactory.toKernel(operand.getType())
                                .filter(Type.BIGINT::equals)
                                .isPresent());
    }

    /** Finds what an expression rests on: the first division or column that there is. */
    private final class Finder extends RexVisitorImpl<@Nullable Void> {
        private final List<@Nullable IntegerDivision> columns;
        private SqlParserPos pos = SqlParserPos.ZERO;
        private @Nullable Use first;

        Finder(List<@Nullable IntegerDivision> columns) {
            super(true);
            this.columns = columns;
        }

        @Override
        public @Nullable Void visitCall(RexCall call) {
            SqlParserPos outer = pos;
            SqlParserPos own = Scalars.positionOf(call);
            pos = own.getLineNum() > 0 ? own : outer;
            if (isOfIntegers(call)) {
                IntegerDivision division = written.at(pos);
                found.add(division);
                use(division, true);
            }
            super.visitCall(call);
            pos = outer;
            return null;
        }

        @Override
        public @Nullable Void visitInputRef(RexInputRef reference) {
            IntegerDivision division = columns.get(reference.getIndex());
            if (division != null) {
                use(division, false);
            }
            return null;
        }

        private void use(IntegerDivision division, boolean isDirect) {
            if (first == null) {
                first = new Use(division, pos, isDirect);
            }
        }
    }
}
