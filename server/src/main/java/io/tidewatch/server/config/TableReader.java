package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one entry of {@code tables:}. */
final class TableReader {
    private final Variables variables;

    TableReader(Variables variables) {
        this.variables = variables;
    }

    Optional<TableConfig> read(String name, Place place, YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Optional<Setting> path = map.require("file").flatMap(variables::path);
        FormatConfig format = FormatReader.read(map, path);
        List<FieldConfig> fields = map.require("fields").map(FieldReader::read).orElse(List.of());
        List<String> key = new ArrayList<>();
        map.find("key")
                .map(YamlNode::listOrOne)
                .orElse(List.of())
                .forEach(column -> key(column, fields, key));
        OptionalLong effective =
                map.find("effective").map(Instants::read).orElse(OptionalLong.empty());
        map.refuseUnknown();
        if (!FieldReader.isComplete(map, fields)) {
            return Optional.empty();
        }
        return path.map(
                known -> new TableConfig(name, place, known, format, key, fields, effective));
    }

    private static void key(YamlNode node, List<FieldConfig> fields, List<String> key) {
        Optional<String> column = node.string();
        if (column.isEmpty()) {
            return;
        }
        List<String> names = fields.stream().map(FieldConfig::name).toList();
        if (!names.contains(column.get())) {
            node.problem("'" + column.get() + "' is no field of the table"
                    + Suggestion.hint(column.get(), names));
        } else if (key.contains(column.get())) {
            node.problem("'" + column.get() + "' stands twice");
        } else {
            key.add(column.get());
        }
    }
}
