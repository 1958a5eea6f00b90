package io.tidewatch.server.config;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads {@code fields:}, each {@code name: type} or {@code name: {type, path, format, zone, sensitive}}. */
final class FieldReader {
    /** The most fields of a stream or table. */
    static final int FIELDS_MAX = 1_000;

    private FieldReader() {}

    static List<FieldConfig> read(YamlNode node) {
        List<FieldConfig> fields = new ArrayList<>();
        Optional<YamlMap> map = node.map();
        AtomicReference<@Nullable YamlNode> before = new AtomicReference<>();
        map.ifPresent(entries -> entries.forEach((name, value) -> {
            boolean isRest = TypeReader.isRestOfType(before.getAndSet(value), name, value);
            if (name.isBlank()) {
                value.problem("a field needs a name");
            } else if (!isRest && fields.size() < FIELDS_MAX) {
                field(name, entries.placeOf(name), value).ifPresent(fields::add);
            }
        }));
        if (map.isPresent() && map.get().keys().isEmpty()) {
            node.problem("at least one field is needed");
        }
        if (map.isPresent() && map.get().keys().size() > FIELDS_MAX) {
            node.problem("more than " + FIELDS_MAX + " fields");
        }
        return fields;
    }

    /** Whether all fields of a stream or a table were understood. */
    static boolean isComplete(YamlMap declared, List<FieldConfig> fields) {
        int count = declared.find("fields")
                .flatMap(YamlNode::map)
                .map(map -> map.keys().size())
                .orElse(0);
        return count > 0 && count == fields.size();
    }

    private static Optional<FieldConfig> field(String name, Place place, YamlNode value) {
        if (!value.isMap()) {
            return TypeReader.read(value).map(type -> FieldConfig.of(name, place, type));
        }
        YamlMap map = value.map().orElseThrow();
        Optional<Type> type = map.require("type").flatMap(TypeReader::read);
        Optional<String> path = map.find("path").flatMap(YamlNode::string);
        Optional<String> format = map.find("format").flatMap(YamlNode::string);
        Optional<ZoneId> zone = map.find("zone").flatMap(Instants::readZone);
        boolean sensitive = map.find("sensitive").flatMap(YamlNode::bool).orElse(false);
        map.refuseUnknown();
        if (type.isPresent() && !type.get().equals(Type.TIMESTAMP)) {
            format.ifPresent(unused -> map.problem("format", "only a timestamp has one"));
            zone.ifPresent(unused -> map.problem("zone", "only a timestamp has one"));
        }
        return type.map(
                known -> new FieldConfig(name, place, known, path, format, zone, sensitive));
    }
}
