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
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives updates of an engine the names and types of their columns. */
final class RowForms {
    private final JobPlan plan;
    private final List<KeyFields> keys = new ArrayList<>();
    private final List<List<Integer>> valueColumns = new ArrayList<>();
    /** Per monitor, the fields of {@link #valueColumns}. */
    private final List<List<Field>> valueFields = new ArrayList<>();

    private final Map<String, Integer> monitorIndexes = new LinkedHashMap<>();

    RowForms(Job job) {
        this.plan = job.plan();
        for (int monitor = 0; monitor < plan.monitors().size(); monitor++) {
            keys.add(new KeyFields(plan.keySchema(monitor)));
            Schema schema = plan.monitors().get(monitor).rowSchema();
            valueColumns.add(plan.valueColumns(monitor));
            valueFields.add(
                    plan.valueColumns(monitor).stream().map(schema::field).toList());
            monitorIndexes.put(plan.monitors().get(monitor).name(), monitor);
        }
    }

    ResultRow result(Result result) {
        int monitor = result.monitor();
        boolean overflow = result.kind().isOverflow();
        return new ResultRow(
                plan.monitors().get(monitor).name(),
                overflow ? List.of() : new KeyValues(monitor, result.key()),
                ByteBuffer.wrap(result.key()),
                result.windowStart(),
                result.windowEnd(),
                new RowValues(monitor, result.values()),
                result.revision(),
                !result.kind().isEarly(),
                result.kind() == Result.Kind.WITHDRAWN,
                overflow,
                result.approximate(),
                result.incomplete());
    }

    TransitionRow transition(Transition transition) {
        int monitor = monitorIndexes.getOrDefault(transition.alert().monitor(), -1);
        List<NamedValue> values = new ArrayList<>();
        for (Field field : valueFields.get(monitor)) {
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

    /** The columns of a key, read when they are asked for. */
    private final class KeyValues extends AbstractList<NamedValue> {
        private final int monitor;
        private final byte[] bytes;
        private @Nullable List<NamedValue> values;

        KeyValues(int monitor, byte[] bytes) {
            this.monitor = monitor;
            this.bytes = bytes;
        }

        @Override
        public NamedValue get(int index) {
            return values().get(index);
        }

        @Override
        public int size() {
            return values().size();
        }

        private List<NamedValue> values() {
            List<NamedValue> read = values;
            if (read == null) {
                read = key(monitor, bytes);
                values = read;
            }
            return read;
        }
    }

    /** The columns of a row that its key does not show, named when they are asked for. */
    private final class RowValues extends AbstractList<NamedValue> {
        private final int monitor;
        private final List<@Nullable Object> row;

        RowValues(int monitor, List<@Nullable Object> row) {
            this.monitor = monitor;
            this.row = row;
        }

        @Override
        public NamedValue get(int index) {
            Field field = valueFields.get(monitor).get(index);
            int column = valueColumns.get(monitor).get(index);
            return new NamedValue(field.name(), field.type(), row.get(column));
        }

        @Override
        public int size() {
            return valueColumns.get(monitor).size();
        }
    }
}
