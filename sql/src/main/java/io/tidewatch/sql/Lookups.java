package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Puts a join to a reference table into the pipes that are joined. */
final class Lookups {
    private final Links links;
    private final Functions functions;
    private final Part.TableRows table;
    private final boolean keepsUnmatched;
    private final SqlParserPos pos;

    Lookups(
            Links links,
            Functions functions,
            Part.TableRows table,
            boolean keepsUnmatched,
            SqlParserPos pos) {
        this.links = links;
        this.functions = functions;
        this.table = table;
        this.keepsUnmatched = keepsUnmatched;
        this.pos = pos;
    }

    /** @param condition over the columns of the flow, then those of the table */
    Flow joined(Flow flow, RexNode condition) {
        checkOuter();
        List<String> names = new ArrayList<>(flow.names());
        names.addAll(table.names());
        List<Type> types = new ArrayList<>(flow.types());
        types.addAll(table.types());
        Scalars scalars = new Scalars(functions, Substitution.columns(types), names);
        List<Expression> keys = new ArrayList<>();
        List<Integer> tableColumns = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        int width = flow.types().size();
        for (RexNode part : RelOptUtil.conjunctions(condition)) {
            if (!addKey(part, scalars, width, keys, tableColumns)) {
                others.add(other(part, scalars));
            }
        }
        if (keys.isEmpty()) {
            throw Refusal.unsupported(
                    pos,
                    "a reference table is looked up by its columns: write ON t.key = expression, with = and AND");
        }
        return flow.map(pipe -> joined(pipe, flow.names(), keys, tableColumns, others), names);
    }

    private void checkOuter() {
        boolean computed = !Substitution.columns(schemaTypes()).containsAll(table.columns());
        if (keepsUnmatched && (computed || table.filter() != null)) {
            throw Refusal.unsupported(
                    pos,
                    "the right side of this LEFT JOIN is a query: join the table itself, and compute and compare with CASE"
                            + " in SELECT");
        }
    }

    private List<Type> schemaTypes() {
        return table.table().schema().fields().stream()
                .map(field -> field.type())
                .toList();
    }

    private Expression other(RexNode part, Scalars scalars) {
        if (keepsUnmatched) {
            throw Refusal.unsupported(
                    Scalars.positionOf(part),
                    "ON of a LEFT JOIN may only compare columns of the table with =: write CASE WHEN … in SELECT for the"
                            + " rest");
        }
        return scalars.expression(part);
    }

    private boolean addKey(
            RexNode part,
            Scalars scalars,
            int width,
            List<Expression> keys,
            List<Integer> tableColumns) {
        if (part.getKind() != SqlKind.EQUALS) {
            return false;
        }
        RexNode first = ((RexCall) part).getOperands().get(0);
        RexNode second = ((RexCall) part).getOperands().get(1);
        boolean swapped = Joining.readsOnly(first, width, Integer.MAX_VALUE);
        RexNode ofTable = swapped ? first : second;
        RexNode ofRow = swapped ? second : first;
        if (!Joining.readsOnly(ofTable, width, Integer.MAX_VALUE)
                || Joining.readsOnly(ofRow, width, Integer.MAX_VALUE)) {
            return false;
        }
        Expression column = tableColumn(scalars.expression(ofTable), width);
        int index = Substitution.columns(schemaTypes()).indexOf(column);
        Expression key = scalars.expression(ofRow);
        boolean mixed = Substitution.reads(key, width, Integer.MAX_VALUE);
        if (index < 0 || mixed) {
            return false;
        }
        Type common = Expressions.commonType(List.of(key.type(), column.type())).orElse(key.type());
        if (!common.equals(column.type())) {
            throw Refusal.unsupported(
                    Scalars.positionOf(part),
                    "the column of the table is " + column.type() + " and is looked up by "
                            + key.type() + ": CAST the latter to " + column.type());
        }
        keys.add(Expressions.cast(key, column.type(), false));
        tableColumns.add(index);
        return true;
    }

    /** An expression over the flow's columns and the table's visible ones, as one over the table. */
    private Expression tableColumn(Expression expression, int width) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(Expressions.literal(Type.BOOLEAN, null));
        }
        columns.addAll(table.columns());
        return Substitution.apply(expression, columns);
    }

    private Pipe joined(
            Pipe pipe,
            List<String> names,
            List<Expression> keys,
            List<Integer> tableColumns,
            List<Expression> others) {
        Feed feed = links.feed(pipe, names);
        if (feed.windows() != null && feed.windows().isSession()) {
            feed = links.close(links.listed(feed), names);
        }
        Schema schema = table.table().schema();
        List<Expression> guarded = new ArrayList<>();
        for (Expression key : keys) {
            guarded.add(guarded(feed, Substitution.apply(key, padded(feed))));
        }
        int before = feed.columns().size();
        int tableStart = feed.rowTypes().size();
        Feed joined = feed.withLookup(
                new Lookup(table.table().name(), guarded, tableColumns, keepsUnmatched), schema);
        List<Expression> tableRow = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            tableRow.add(Expressions.column(tableStart + i, schema.field(i).type()));
        }
        List<Expression> columns = new ArrayList<>(joined.columns().subList(0, before));
        columns.addAll(Substitution.apply(table.columns(), tableRow));
        joined = joined.withColumns(columns);
        if (table.filter() != null) {
            joined = joined.filterRow(Substitution.apply(table.filter(), tableRow));
        }
        for (Expression other : others) {
            joined = joined.filter(other);
        }
        return joined;
    }

    /** The flow's columns, with nothing in the places of the table's. */
    private List<Expression> padded(Feed feed) {
        List<Expression> padded = new ArrayList<>(feed.columns());
        table.columns().forEach(column -> padded.add(Expressions.literal(column.type(), null)));
        return padded;
    }

    /** A key that is computed is computed only for rows that the filter keeps, so that it cannot fail for others. */
    private static Expression guarded(Feed feed, Expression key) {
        Expression filter = feed.filter();
        boolean isPlain = key.operands().isEmpty();
        if (filter == null || isPlain) {
            return key;
        }
        return Expressions.caseWhen(
                List.of(filter), List.of(key), Expressions.literal(key.type(), null));
    }
}
