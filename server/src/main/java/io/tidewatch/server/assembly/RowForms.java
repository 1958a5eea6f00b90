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
        return new Row(result);
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

    /** A row that reads what it is asked for from a result. */
    private final class Row implements ResultRow {
        private final Result result;
        private @Nullable List<NamedValue> key;

        Row(Result result) {
            this.result = result;
        }

        @Override
        public String monitor() {
            return plan.monitors().get(result.monitor()).name();
        }

        @Override
        public List<NamedValue> key() {
            List<NamedValue> read = key;
            if (read == null) {
                read = overflow() ? List.of() : RowForms.this.key(result.monitor(), result.key());
                key = read;
            }
            return read;
        }

        @Override
        public ByteBuffer keyBytes() {
            return ByteBuffer.wrap(result.key());
        }

        @Override
        public long windowStart() {
            return result.windowStart();
        }

        @Override
        public long windowEnd() {
            return result.windowEnd();
        }

        @Override
        public List<NamedValue> values() {
            return new RowValues(result.monitor(), result.values());
        }

        @Override
        public int revision() {
            return result.revision();
        }

        @Override
        public boolean isFinal() {
            return !result.kind().isEarly();
        }

        @Override
        public boolean withdrawn() {
            return result.kind() == Result.Kind.WITHDRAWN;
        }

        @Override
        public boolean overflow() {
            return result.kind().isOverflow();
        }

        @Override
        public boolean approximate() {
            return result.approximate();
        }

        @Override
        public boolean incomplete() {
            return result.incomplete();
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
