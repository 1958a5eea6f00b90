package io.tidewatch.server.config;

import io.tidewatch.server.config.GeneratorConfig.Incident;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one entry of a generator's {@code incidents:}. */
final class IncidentReader {
    private final List<FieldConfig> fields;

    IncidentReader(List<FieldConfig> fields) {
        this.fields = fields;
    }

    Optional<Incident> read(YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Optional<Incident.Kind> kind =
                map.require("kind").flatMap(n -> n.oneOf(Incident.Kind.class));
        boolean gap = kind.equals(Optional.of(Incident.Kind.GAP));
        Optional<String> field = Optional.empty();
        double by = 0;
        if (!gap) {
            field = map.require("field").flatMap(this::numericField);
            by = map.require("by").flatMap(YamlNode::number).orElse(0.0);
        }
        long first = DurationText.read(map, "first", 0).orElse(0L);
        OptionalLong every = GeneratorReader.toLong(DurationText.read(map, "every", 1));
        Optional<Long> lasts = map.require("lasts").flatMap(n -> DurationText.read(n, 1));
        Map<String, List<String>> where = new LinkedHashMap<>();
        map.find("where").flatMap(YamlNode::map).ifPresent(conditions -> where(conditions, where));
        map.refuseUnknown();
        if (kind.isEmpty() || lasts.isEmpty() || (!gap && field.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Incident(kind.get(), field, first, every, lasts.get(), by, where));
    }

    private Optional<String> numericField(YamlNode node) {
        Optional<String> name = node.string();
        if (name.isEmpty()) {
            return name;
        }
        Optional<FieldConfig> field = find(name.get());
        if (field.isEmpty()) {
            node.problem("'" + name.get() + "' is no field of the stream"
                    + Suggestion.hint(name.get(), names()));
            return Optional.empty();
        }
        if (!field.get().type().isNumeric()) {
            node.problem("'" + name.get() + "' is no number");
            return Optional.empty();
        }
        return name;
    }

    private void where(YamlMap conditions, Map<String, List<String>> where) {
        conditions.forEach((name, values) -> {
            if (find(name).isEmpty()) {
                conditions.problem(name, "no field of the stream" + Suggestion.hint(name, names()));
            }
            where.put(
                    name,
                    values.listOrOne().stream()
                            .flatMap(value -> value.string().stream())
                            .toList());
        });
    }

    private Optional<FieldConfig> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private List<String> names() {
        return fields.stream().map(FieldConfig::name).toList();
    }
}
