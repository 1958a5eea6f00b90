package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Text;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads one entry of {@code monitors:}. */
final class MonitorReader {
    private MonitorReader() {}

    static Optional<MonitorConfig> read(YamlNode node, Names names) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Optional<YamlNode> nameNode = map.require("name");
        Optional<String> name = nameNode.flatMap(YamlNode::string);
        boolean free = name.map(known -> names.add(known, nameNode.orElseThrow().place()))
                .orElse(false);
        Optional<Text> query = map.require("query").flatMap(YamlNode::text);
        Optional<WindowConfig> window = map.find("window").flatMap(WindowReader::read);
        List<Text> key = map.find("key").map(YamlNode::listOrOne).orElse(List.of()).stream()
                .flatMap(column -> column.text().stream())
                .toList();
        Optional<AlertConfig> alert = map.find("alert").flatMap(AlertReader::read);
        map.refuseUnknown();
        if (query.isPresent() && query.get().value().isBlank()) {
            map.problem("query", "the query is empty");
            return Optional.empty();
        }
        boolean windowIsKnown = window.isPresent() || !map.has("window");
        if (!free || query.isEmpty() || !windowIsKnown) {
            return Optional.empty();
        }
        return Optional.of(new MonitorConfig(
                name.orElseThrow(), node.place(), query.get(), window, key, alert));
    }
}
