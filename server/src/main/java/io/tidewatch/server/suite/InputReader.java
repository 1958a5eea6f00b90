package io.tidewatch.server.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.type.TypeKind;
import io.tidewatch.server.config.FieldConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.source.JsonLine;
import io.tidewatch.server.suite.Suite.Form;
import io.tidewatch.server.suite.Suite.Input;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one stream of a test: a list of maps, or text. In a map {@code at} is the event time, and {@code repeat} and
 * {@code every} give the row again, unless the stream has fields of these names.
 */
final class InputReader {
    /** The most rows that one test makes of one stream by {@code repeat}. */
    static final int ROWS_MAX = 1_000_000;

    private static final String AT = "at";
    private static final String REPEAT = "repeat";
    private static final String EVERY = "every";

    private final StreamConfig stream;
    private final Moment moment;
    private final List<String> fieldNames;
    private final ByteWriter lines = new ByteWriter(1 << 10);
    private long rowCount;

    InputReader(StreamConfig stream, Moment moment) {
        this.stream = stream;
        this.moment = moment;
        this.fieldNames = stream.fields().stream().map(FieldConfig::name).toList();
    }

    Optional<Input> read(Place place, YamlNode node) {
        if (node.isScalar()) {
            return node.string().map(text -> new Input(stream.name(), place, Form.LINES, text));
        }
        if (node.isMap()) {
            return text(place, node.map().orElseThrow());
        }
        node.list().forEach(this::row);
        String text = new String(lines.array(), 0, lines.size(), UTF_8);
        return Optional.of(new Input(stream.name(), place, Form.JSON, text));
    }

    private Optional<Input> text(Place place, YamlMap map) {
        Optional<YamlNode> csv = map.find("csv");
        Optional<YamlNode> json = map.find("json");
        Optional<YamlNode> lines = map.find("lines");
        if (map.keys().size() != 1) {
            map.problem("one of csv, json, lines is needed, or a list of rows");
        }
        map.refuseUnknown();
        Form form = csv.isPresent() ? Form.CSV : json.isPresent() ? Form.JSON : Form.LINES;
        return csv.or(() -> json)
                .or(() -> lines)
                .flatMap(YamlNode::string)
                .map(text -> new Input(stream.name(), place, form, text));
    }

    private void row(YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return;
        }
        YamlMap map = found.get();
        for (String name : map.keys()) {
            if (!fieldNames.contains(name) && !isSpecial(name)) {
                map.problem(name, "no field of the stream" + Suggestion.hint(name, fieldNames));
            }
        }
        long repeat = special(map, REPEAT).flatMap(n -> n.integer(1, ROWS_MAX)).orElse(1L);
        long every = special(map, EVERY).flatMap(InputReader::duration).orElse(0L);
        rowCount += repeat;
        if (rowCount > ROWS_MAX) {
            map.problem("more than " + ROWS_MAX + " rows");
            return;
        }
        for (long i = 0; i < repeat; i++) {
            write(map, i * every);
        }
    }

    private boolean isSpecial(String name) {
        return (name.equals(AT) || name.equals(REPEAT) || name.equals(EVERY))
                && !fieldNames.contains(name);
    }

    private Optional<YamlNode> special(YamlMap map, String name) {
        return isSpecial(name) ? map.find(name) : Optional.empty();
    }

    private static Optional<Long> duration(YamlNode node) {
        try {
            return node.string().map(Durations::parse);
        } catch (IllegalArgumentException e) {
            node.expected("a duration such as 5s or 1m30s");
            return Optional.empty();
        }
    }

    private void write(YamlMap map, long later) {
        JsonLine line = new JsonLine(lines);
        line.start();
        for (FieldConfig field : stream.fields()) {
            Optional<YamlNode> node = map.find(field.name());
            if (node.isEmpty() && field.name().equals(stream.time().field())) {
                node = special(map, AT);
            }
            node.ifPresent(value -> value(line, field, value, later));
        }
        line.end();
    }

    private void value(JsonLine line, FieldConfig field, YamlNode node, long later) {
        if (node.isMap() || node.isList()) {
            node.expected("a value");
        } else if (node.isNull()) {
            line.literal(field.name(), "null");
        } else if (field.type().kind() == TypeKind.TIMESTAMP) {
            OptionalLong time = moment.read(node);
            boolean moves = field.name().equals(stream.time().field());
            time.ifPresent(millis ->
                    line.string(field.name(), Timestamps.format(millis + (moves ? later : 0))));
        } else {
            plain(line, field, node, node.plain());
        }
    }

    private static void plain(
            JsonLine line, FieldConfig field, YamlNode node, @Nullable Object value) {
        if (field.type().kind() == TypeKind.VARCHAR) {
            line.string(field.name(), node.string().orElse(""));
        } else if (value instanceof BigDecimal decimal) {
            line.literal(field.name(), decimal.toString());
        } else if (value instanceof Long || value instanceof Boolean) {
            line.literal(field.name(), value.toString());
        } else {
            line.string(field.name(), String.valueOf(value));
        }
    }
}
