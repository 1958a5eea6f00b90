package io.tidewatch.server.source.generator;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.config.FieldConfig;
import io.tidewatch.server.config.GeneratorConfig;
import io.tidewatch.server.config.GeneratorConfig.Incident;
import io.tidewatch.server.source.JsonLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes row <i>i</i> of a generated stream: a function of the configuration, the start and <i>i</i>. For one thread. */
public final class RowGenerator {
    private static final int JITTER_COLUMN = -1;

    private final GeneratorConfig config;
    private final List<FieldConfig> fields;
    private final int timeField;
    private final long startMillis;
    private final Draw draw;
    private final @Nullable ValueRule[] rules;
    private final @Nullable Object[] values;

    /**
     * A generator of rows of {@code fields}.
     *
     * @param timeField the field that gets the event time
     * @param startMillis the event time of the first row
     */
    public RowGenerator(
            GeneratorConfig config, List<FieldConfig> fields, String timeField, long startMillis) {
        this.config = config;
        this.fields = List.copyOf(fields);
        this.timeField = fields.stream().map(FieldConfig::name).toList().indexOf(timeField);
        this.startMillis = startMillis;
        this.draw = new Draw(config.seed());
        this.rules = new @Nullable ValueRule[fields.size()];
        this.values = new @Nullable Object[fields.size()];
        for (GeneratorConfig.Column column : config.columns()) {
            int index = fields.stream().map(FieldConfig::name).toList().indexOf(column.field());
            rules[index] = ValueRule.of(column.rule());
        }
    }

    /** When a row's turn comes, in milliseconds after the first. */
    public long elapsedMillis(long row) {
        return (long) (row * 1_000.0 / config.rate());
    }

    /** How many rows have had their turn. */
    public long rowsWithin(long elapsedMillis) {
        return elapsedMillis < 0 ? 0 : (long) (elapsedMillis * config.rate() / 1_000.0) + 1;
    }

    /** Appends a row as a JSON line; nothing if it falls into a gap. */
    public void append(long row, ByteWriter out) {
        long elapsed = elapsedMillis(row);
        for (int column = 0; column < rules.length; column++) {
            ValueRule rule = rules[column];
            if (rule != null) {
                draw.start(row, column);
                values[column] = rule.value(row, elapsed, draw);
            }
        }
        for (Incident incident : config.incidents()) {
            long phase = phase(incident, elapsed);
            if (phase >= 0 && concerns(incident)) {
                if (incident.kind() == Incident.Kind.GAP) {
                    return;
                }
                disturb(incident, phase);
            }
        }
        write(elapsed - jitter(row), out);
    }

    /** How long an incident has been going on, or -1 if it is not. */
    private static long phase(Incident incident, long elapsed) {
        long since = elapsed - incident.firstMillis();
        if (since < 0) {
            return -1;
        }
        long phase = incident.everyMillis().isPresent()
                ? since % incident.everyMillis().getAsLong()
                : since;
        return phase < incident.lastsMillis() ? phase : -1;
    }

    private boolean concerns(Incident incident) {
        for (Map.Entry<String, List<String>> condition : incident.where().entrySet()) {
            Object value = values[indexOf(condition.getKey())];
            if (value == null || !condition.getValue().contains(value.toString())) {
                return false;
            }
        }
        return true;
    }

    private void disturb(Incident incident, long phase) {
        int index = indexOf(incident.field().orElseThrow());
        if (values[index] instanceof Number number) {
            double part = incident.kind() == Incident.Kind.DRIFT
                    ? (double) phase / incident.lastsMillis()
                    : 1;
            values[index] = number.doubleValue() + part * incident.by();
        }
    }

    private int indexOf(String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        throw new IllegalStateException("no field '" + field + "'");
    }

    private long jitter(long row) {
        if (config.jitterMillis() == 0) {
            return 0;
        }
        draw.start(row, JITTER_COLUMN);
        return (long) (draw.fraction() * (config.jitterMillis() + 1));
    }

    private void write(long elapsed, ByteWriter out) {
        JsonLine line = new JsonLine(out);
        line.start();
        for (int i = 0; i < values.length; i++) {
            FieldConfig field = fields.get(i);
            Object value = values[i];
            if (i == timeField) {
                line.string(field.name(), Timestamps.format(startMillis + elapsed));
            } else if (value != null) {
                write(line, field, value);
            }
        }
        line.end();
    }

    private static void write(JsonLine line, FieldConfig field, Object value) {
        Type type = field.type();
        switch (type.kind()) {
            case VARCHAR, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                line.string(field.name(), value.toString());
            case BOOLEAN -> line.literal(field.name(), value.toString());
            case DOUBLE -> line.number(field.name(), number(value).doubleValue());
            case BIGINT -> line.number(field.name(), Math.round(number(value).doubleValue()));
            case DECIMAL -> {
                BigDecimal exact = BigDecimal.valueOf(number(value).doubleValue());
                line.literal(
                        field.name(),
                        exact.setScale(type.scale(), RoundingMode.HALF_EVEN).toPlainString());
            }
        }
    }

    private static Number number(Object value) {
        return (Number) value;
    }
}
