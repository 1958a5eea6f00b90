package io.tidewatch.sql;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The rows of VALUES, each list a bounded stream of its own, in the order of its times so that none is late. */
final class ConstantRows {
    private final Map<String, Rows> byName = new LinkedHashMap<>();
    private final Set<String> declared;

    private record Rows(Schema schema, List<List<@Nullable Object>> rows) {}

    /** @param declared names that are taken */
    ConstantRows(Set<String> declared) {
        this.declared = declared;
    }

    /** The streams that hold the rows which are read. */
    List<StreamPlan> streams() {
        List<StreamPlan> streams = new ArrayList<>();
        byName.forEach((name, rows) -> streams.add(new StreamPlan(
                name,
                rows.schema,
                Math.max(0, timeField(rows.schema)),
                TimeSpec.defaults(),
                batch(rows))));
        return streams;
    }

    /** @param pos where the rows, or the condition that leaves none of them, stand */
    Flow flow(Values values, SqlParserPos pos) {
        List<String> names = values.getRowType().getFieldNames();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Expression> expressions = new ArrayList<>();
            tuple.forEach(literal -> expressions.add(RexLiterals.expression(literal)));
            if (types.isEmpty()) {
                expressions.forEach(expression -> types.add(expression.type()));
            }
            rows.add(row(expressions));
        }
        if (rows.isEmpty()) {
            throw Refusal.unsupported(
                    pos,
                    "there are no rows here, since a condition is never TRUE: correct the condition, or remove the query");
        }
        return flow(types, names, rows);
    }

    /** One row of expressions that read nothing, in the place of another row. */
    Flow replaced(Flow row, List<Expression> expressions, List<String> names) {
        byName.remove(nameOf(row));
        return flow(Substitution.types(expressions), names, List.of(row(expressions)));
    }

    private static List<@Nullable Object> row(List<Expression> expressions) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Expression expression : expressions) {
            row.add(Constants.valueOf(expression, SqlParserPos.ZERO));
        }
        return row;
    }

    private Flow flow(List<Type> types, List<String> names, List<List<@Nullable Object>> rows) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field(names.get(i), types.get(i)));
        }
        Schema schema = new Schema(fields);
        int number = 1;
        while (byName.containsKey("values " + number) || declared.contains("values " + number)) {
            number++;
        }
        String name = "values " + number;
        byName.put(name, new Rows(schema, rows));
        return new Flow(List.of(Feed.ofStream(name, schema, timeField(schema))), names);
    }

    /** Whether the flow is that of a VALUES with one row. */
    boolean isOneRow(Flow flow) {
        Rows rows = rowsOf(flow);
        return rows != null && rows.rows.size() == 1;
    }

    /** The rows of all flows as one stream, if all are constant; otherwise {@code null}. */
    @Nullable
    Flow union(List<Flow> flows) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<List<Type>> types = new ArrayList<>();
        for (Flow flow : flows) {
            Rows constant = rowsOf(flow);
            if (constant == null) {
                return null;
            }
            rows.addAll(constant.rows);
            types.add(flow.types());
        }
        List<Type> common = new ArrayList<>();
        for (int i = 0; i < types.get(0).size(); i++) {
            int column = i;
            List<Type> ofColumn = types.stream().map(each -> each.get(column)).toList();
            Type type = Expressions.commonType(ofColumn).orElse(ofColumn.get(0));
            if (!types.stream().allMatch(each -> each.get(column).equals(type))) {
                return null;
            }
            common.add(type);
        }
        flows.forEach(flow -> byName.remove(nameOf(flow)));
        return flow(common, flows.get(0).names(), rows);
    }

    private @Nullable Rows rowsOf(Flow flow) {
        boolean isPlain = flow.pipes().size() == 1
                && flow.pipes().get(0) instanceof Feed feed
                && feed.filter() == null
                && feed.windows() == null
                && feed.lookups().isEmpty()
                && feed.columns().equals(Substitution.columns(feed.rowTypes()));
        return isPlain ? byName.get(nameOf(flow)) : null;
    }

    private static String nameOf(Flow flow) {
        return flow.pipes().get(0) instanceof Feed feed
                        && feed.source() instanceof RowSource.OfStream stream
                ? stream.stream()
                : "";
    }

    private static int timeField(Schema schema) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.field(i).type().kind() == TypeKind.TIMESTAMP) {
                return i;
            }
        }
        return -1;
    }

    private static Batch batch(Rows rows) {
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows.rows);
        int time = timeField(rows.schema);
        if (time >= 0) {
            sorted.sort(Comparator.comparingLong(
                    row -> row.get(time) instanceof Long millis ? millis : 0));
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rows.schema.size(); i++) {
            Type type = rows.schema.field(i).type();
            ColumnBuilder builder = ColumnBuilder.of(type, rows.rows.size());
            for (List<@Nullable Object> row : sorted) {
                io.tidewatch.kernel.batch.Values.append(type, builder, row.get(i));
            }
            columns.add(builder.build());
        }
        return Batch.of(rows.schema, rows.rows.size(), columns);
    }
}
