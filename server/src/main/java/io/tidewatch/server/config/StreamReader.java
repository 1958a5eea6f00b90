package io.tidewatch.server.config;

import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one entry of {@code streams:}. */
final class StreamReader {
    private final SourceReader sources;

    StreamReader(Variables variables) {
        this.sources = new SourceReader(variables);
    }

    Optional<StreamConfig> read(String name, Place place, YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        boolean measured = map.find("source").filter(StreamReader::isHost).isPresent();
        List<FieldConfig> fields;
        if (measured) {
            fields = HostFields.all(place);
            if (map.has("fields")) {
                map.problem(
                        "fields",
                        "the source host has fields of its own (see docs/reference/configuration.md)");
            }
        } else {
            fields = map.require("fields").map(FieldReader::read).orElse(List.of());
        }
        Optional<SourceConfig> source =
                map.find("source").flatMap(value -> sources.read(value, fields));
        Optional<TimeConfig> time = time(map, fields);
        map.refuseUnknown();
        if (!measured && !FieldReader.isComplete(map, fields)) {
            return Optional.empty();
        }
        return time.map(known -> new StreamConfig(name, place, fields, known, source));
    }

    private static boolean isHost(YamlNode node) {
        if (node.isScalar()) {
            return node.string().equals(Optional.of("host"));
        }
        return node.isMap() && node.map().orElseThrow().keys().contains("host");
    }

    private static Optional<TimeConfig> time(YamlMap stream, List<FieldConfig> fields) {
        Optional<YamlNode> node = stream.find("time");
        if (node.isEmpty()) {
            Optional<String> field = onlyTimestamp(fields);
            if (field.isEmpty() && !fields.isEmpty()) {
                stream.problem(
                        "'time' is missing; write time: {field: NAME} with a field of type timestamp");
            }
            return field.map(name -> TimeConfig.of(name, stream.place()));
        }
        return node.get().map().flatMap(map -> time(map, node.get(), fields));
    }

    private static Optional<TimeConfig> time(YamlMap map, YamlNode node, List<FieldConfig> fields) {
        Optional<String> field = map.has("field")
                ? map.find("field").flatMap(value -> timeField(value, fields))
                : onlyTimestamp(fields);
        if (field.isEmpty() && !map.has("field") && !fields.isEmpty()) {
            map.problem("'field' is missing: the field that holds the event time");
        }
        Optional<String> format = map.find("format").flatMap(YamlNode::string);
        Optional<ZoneId> zone = map.find("zone").flatMap(Instants::readZone);
        Optional<Long> year = map.find("year").flatMap(value -> value.integer(1, 9999));
        Optional<TimeSpec> spec = spec(map);
        map.refuseUnknown();
        OptionalInt knownYear =
                year.isPresent() ? OptionalInt.of(year.get().intValue()) : OptionalInt.empty();
        return spec.isEmpty()
                ? Optional.empty()
                : field.map(name ->
                        new TimeConfig(name, node.place(), format, zone, knownYear, spec.get()));
    }

    private static Optional<TimeSpec> spec(YamlMap map) {
        TimeSpec defaults = TimeSpec.defaults();
        Optional<Long> outOfOrder = DurationText.read(map, "out_of_order", 0);
        long lateness = DurationText.read(map, "allowed_lateness", 0).orElse(0L);
        long amendEvery = DurationText.read(map, "amend_every", 1).orElse(lateness);
        Optional<Long> idle = DurationText.read(map, "idle", 1);
        Optional<Long> ahead = DurationText.read(map, "ahead", 0);
        try {
            return Optional.of(new TimeSpec(
                    outOfOrder.orElse(defaults.outOfOrderMillis()),
                    lateness,
                    amendEvery,
                    idle.orElse(defaults.idleMillis()),
                    ahead.orElse(defaults.aheadMillis())));
        } catch (IllegalArgumentException e) {
            map.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<String> timeField(YamlNode node, List<FieldConfig> fields) {
        Optional<String> name = node.string();
        if (name.isEmpty() || fields.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = fields.stream().map(FieldConfig::name).toList();
        int index = names.indexOf(name.get());
        if (index < 0) {
            node.problem("'" + name.get() + "' is no field of the stream"
                    + Suggestion.hint(name.get(), names));
            return Optional.empty();
        }
        if (!fields.get(index).type().equals(Type.TIMESTAMP)) {
            node.problem("'" + name.get() + "' is of type " + fields.get(index).type()
                    + "; declare it as timestamp");
            return Optional.empty();
        }
        return name;
    }

    private static Optional<String> onlyTimestamp(List<FieldConfig> fields) {
        List<String> timestamps = fields.stream()
                .filter(field -> field.type().equals(Type.TIMESTAMP))
                .map(FieldConfig::name)
                .toList();
        return timestamps.size() == 1 ? Optional.of(timestamps.get(0)) : Optional.empty();
    }
}
