package io.tidewatch.server.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tidewatch.alerting.Alert;
import io.tidewatch.alerting.PositionRange;
import io.tidewatch.alerting.Provenance;
import io.tidewatch.alerting.Transition;
import io.tidewatch.kernel.aggregate.Exemplar;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.Timestamps;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes rows as JSON lines, as docs/reference/output.md has them. Doubles are written with the fewest digits that read back
 * the same, on every Java version; those that are not finite as the strings NaN, Infinity and -Infinity.
 */
public final class JsonRows {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final Writer out;

    public JsonRows(Writer out) {
        this.out = out;
    }

    /**
     * Writes one line.
     *
     * @throws TidewatchException if the writer fails
     */
    public void result(ResultRow row) {
        line(json -> {
            json.writeStringField("monitor", row.monitor());
            values(json, "key", row.key());
            json.writeStringField("window_start", Timestamps.format(row.windowStart()));
            json.writeStringField("window_end", Timestamps.format(row.windowEnd()));
            values(json, "values", row.values());
            json.writeNumberField("revision", row.revision());
            json.writeBooleanField("final", row.isFinal());
            if (row.withdrawn()) {
                json.writeBooleanField("withdrawn", true);
            }
            if (row.overflow()) {
                json.writeBooleanField("overflow", true);
            }
            marks(json, row.approximate(), row.incomplete());
        });
    }

    /** As {@link #result}, of a transition. */
    public void transition(TransitionRow row) {
        line(json -> {
            json.writeStringField("monitor", row.monitor());
            texts(json, "labels", row.labels());
            json.writeStringField("from", row.from());
            json.writeStringField("to", row.to());
            json.writeStringField("at", Timestamps.format(row.atMillis()));
            if (!row.changesState()) {
                json.writeStringField("kind", row.word());
            }
            values(json, "values", row.values());
            marks(
                    json,
                    row.transition().marks().approximate(),
                    row.transition().marks().incomplete());
            if (!row.annotations().isEmpty()) {
                texts(json, "annotations", row.annotations());
            }
            provenance(json, row.transition());
        });
    }

    /** Hands what was written to the operating system. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void line(Body body) {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void marks(JsonGenerator json, boolean approximate, boolean incomplete)
            throws IOException {
        if (approximate) {
            json.writeBooleanField("approximate", true);
        }
        if (incomplete) {
            json.writeBooleanField("incomplete", true);
        }
    }

    private static void provenance(JsonGenerator json, Transition transition) throws IOException {
        Alert alert = transition.alert();
        Provenance provenance = transition.provenance();
        json.writeObjectFieldStart("provenance");
        json.writeStringField("id", transition.id());
        if (transition.withdraws() != null) {
            json.writeStringField("withdraws", transition.withdraws());
        }
        json.writeStringField("fingerprint", alert.fingerprint());
        json.writeStringField("subject", word(alert.subject()));
        json.writeStringField("mode", word(alert.mode()));
        json.writeStringField("version", alert.version());
        json.writeStringField("cause", word(provenance.cause()));
        json.writeStringField("starts_at", Timestamps.format(transition.startsAt()));
        json.writeStringField("window_start", Timestamps.format(provenance.windowStart()));
        json.writeStringField("window_end", Timestamps.format(provenance.windowEnd()));
        json.writeNumberField("revision", provenance.revision());
        json.writeStringField("closed_at", Timestamps.format(provenance.dueTime()));
        json.writeArrayFieldStart("positions");
        for (PositionRange range : provenance.positions()) {
            json.writeStartObject();
            json.writeNumberField("partition", range.partition());
            json.writeNumberField("first", range.least());
            json.writeNumberField("last", range.greatest());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("exemplars");
        for (Exemplar exemplar : provenance.exemplars()) {
            json.writeStartObject();
            json.writeNumberField("partition", exemplar.partition());
            json.writeNumberField("offset", exemplar.offset());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, String name, List<NamedValue> values)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (NamedValue value : values) {
            json.writeFieldName(value.name());
            value(json, value);
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, NamedValue named) throws IOException {
        Object value = named.value();
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (named.type().kind()) {
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case DOUBLE -> number(json, (Double) value);
            case DECIMAL -> json.writeNumber((BigDecimal) value);
            case BIGINT, INTERVAL, INTERVAL_MONTH -> json.writeNumber((Long) value);
            case TIMESTAMP -> json.writeString(Timestamps.format((Long) value));
            case VARCHAR -> json.writeString((String) value);
        }
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static TidewatchException failed(IOException cause) {
        return new TidewatchException(
                ErrorCode.IO_FAILED, "the output cannot be written: " + cause.getMessage(), cause);
    }

    /** Writes the fields of a line. */
    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
