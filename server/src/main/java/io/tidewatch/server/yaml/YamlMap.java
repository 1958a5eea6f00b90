package io.tidewatch.server.yaml;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * A map in a YAML document. It remembers which keys were asked for, so that {@link #refuseUnknown()}, called last, finds those
 * that nobody knows.
 */
public final class YamlMap {
    private final YamlNode node;
    private final Problems problems;
    private final Map<String, YamlNode> values = new LinkedHashMap<>();
    private final Map<String, Place> keyPlaces = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlMap(YamlNode node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    static YamlMap of(MappingNode mapping, YamlNode node, SourceText source, Problems problems) {
        YamlMap map = new YamlMap(node, problems);
        for (NodeTuple tuple : mapping.getValue()) {
            map.put(tuple, source);
        }
        return map;
    }

    private void put(NodeTuple tuple, SourceText source) {
        Place place = new YamlNode(tuple.getKeyNode(), source, problems, "").place();
        Optional<String> key = YamlNode.keyOf(tuple);
        if (key.isEmpty()) {
            problems.add(place, "a key must be text");
            return;
        }
        Place first = keyPlaces.putIfAbsent(key.get(), place);
        if (first != null) {
            problems.add(
                    place, "'" + key.get() + "' stands twice (first in line " + first.line() + ")");
            return;
        }
        Node value = tuple.getValueNode();
        values.put(key.get(), new YamlNode(value, source, problems, key.get()));
    }

    public Place place() {
        return node.place();
    }

    /** Where a key stands; the start of the map if it does not have it. */
    public Place placeOf(String key) {
        return keyPlaces.getOrDefault(key, place());
    }

    public boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /** The value of a key. */
    public Optional<YamlNode> find(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key; a complaint if it is missing. */
    public Optional<YamlNode> require(String key) {
        Optional<YamlNode> value = find(key);
        if (value.isEmpty()) {
            node.problem("'" + key + "' is missing");
        }
        return value;
    }

    /** The keys in the order of the file. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Visits every entry in the order of the file; for maps whose keys are names that people choose. */
    public void forEach(BiConsumer<String, YamlNode> visitor) {
        asked.addAll(values.keySet());
        values.forEach(visitor);
    }

    /** Complains about this map. */
    public void problem(String message) {
        node.problem(message);
    }

    /** Complains about a key. */
    public void problem(String key, String message) {
        problems.add(placeOf(key), key + ": " + message);
    }

    /** Complains about every key that nobody asked for. */
    public void refuseUnknown() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                problems.add(
                        placeOf(key),
                        key.contains(" ")
                                ? "unknown key '" + key
                                        + "': a text with a comma needs quotes in {…}"
                                : "unknown key '" + key + "'" + Suggestion.hint(key, asked));
            }
        }
    }
}
