package io.tidewatch.server.assembly;

import io.tidewatch.alerting.AlertKey;
import io.tidewatch.alerting.KeyFields;
import io.tidewatch.alerting.Transition;
import io.tidewatch.engine.embedded.Job;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.server.output.NamedValue;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TextRows;
import io.tidewatch.server.output.TransitionRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives updates of an engine the names and types of their columns. */
final class RowForms {
    private final JobPlan plan;
    private final List<KeyFields> keys = new ArrayList<>();
    private final List<Schema> rowSchemas = new ArrayList<>();
    private final List<List<Integer>> valueColumns = new ArrayList<>();
    private final Map<String, Integer> monitorIndexes = new LinkedHashMap<>();

    RowForms(Job job) {
        this.plan = job.plan();
        for (int monitor = 0; monitor < plan.monitors().size(); monitor++) {
            keys.add(new KeyFields(plan.keySchema(monitor)));
            rowSchemas.add(plan.monitors().get(monitor).rowSchema());
            valueColumns.add(plan.valueColumns(monitor));
            monitorIndexes.put(plan.monitors().get(monitor).name(), monitor);
        }
    }

    ResultRow result(Result result) {
        int monitor = result.monitor();
        boolean overflow = result.kind().isOverflow();
        return new ResultRow(
                plan.monitors().get(monitor).name(),
                overflow ? List.of() : key(monitor, result.key()),
                result.windowStart(),
                result.windowEnd(),
                values(monitor, result.values()),
                result.revision(),
                !result.kind().isEarly(),
                result.kind() == Result.Kind.WITHDRAWN,
                overflow,
                result.approximate(),
                result.incomplete());
    }

    TransitionRow transition(Transition transition) {
        int monitor = monitorIndexes.getOrDefault(transition.alert().monitor(), -1);
        Schema schema = rowSchemas.get(monitor);
        List<NamedValue> values = new ArrayList<>();
        for (int column : valueColumns.get(monitor)) {
            Field field = schema.field(column);
            if (transition.values().containsKey(field.name())) {
                values.add(new NamedValue(
                        field.name(), field.type(), transition.values().get(field.name())));
            }
        }
        return new TransitionRow(transition, values);
    }

    /** A key as text, with a space before it; nothing for the only key of a monitor without one. */
    String keyText(int monitor, byte[] bytes) {
        List<NamedValue> values = key(monitor, bytes);
        return values.isEmpty() ? "" : " {" + TextRows.values(values) + "}";
    }

    private List<NamedValue> key(int monitor, byte[] bytes) {
        KeyFields fields = keys.get(monitor);
        Map<String, @Nullable Object> byName = fields.values(new AlertKey(bytes, 0));
        List<NamedValue> values = new ArrayList<>();
        byName.forEach((name, value) -> {
            Field field = fields.schema().field(fields.schema().indexOf(name));
            values.add(new NamedValue(name, field.type(), value));
        });
        return values;
    }

    private List<NamedValue> values(int monitor, List<@Nullable Object> row) {
        Schema schema = rowSchemas.get(monitor);
        List<NamedValue> values = new ArrayList<>();
        for (int column : valueColumns.get(monitor)) {
            Field field = schema.field(column);
            values.add(new NamedValue(field.name(), field.type(), row.get(column)));
        }
        return values;
    }
}
