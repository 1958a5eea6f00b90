package io.tidewatch.server.config;

import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.server.config.AlertConfig.Absent;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Text;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads {@code alert:} of a monitor. */
final class AlertReader {
    /** The most keys that {@code absent} lists. */
    static final int LISTED_KEYS_MAX = 100_000;

    private AlertReader() {}

    static Optional<AlertConfig> read(YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Optional<Text> when = map.find("when").flatMap(YamlNode::text);
        Optional<Absent> absent = map.find("absent").flatMap(AlertReader::absent);
        if (!map.has("when") && !map.has("absent")) {
            map.problem("'when' is missing: the condition to alert on (or absent)");
        }
        AlertConfig alert = new AlertConfig(
                node.place(),
                when,
                map.find("clear").flatMap(YamlNode::text),
                DurationText.read(map, "for", 0).orElse(0L),
                DurationText.read(map, "keep_firing_for", 0).orElse(0L),
                absent,
                word(map, "no_data", NoData.class, NoData.RESOLVE),
                word(map, "on_amend", OnAmend.class, OnAmend.ANNOTATE),
                word(map, "evaluate", Evaluate.class, Evaluate.FINAL),
                word(map, "mode", Mode.class, Mode.PAGE),
                texts(map, "labels"),
                texts(map, "annotations"),
                places(map));
        if (map.has("clear") && !map.has("when")) {
            map.problem("clear", "there is no 'when' that it could clear");
        }
        map.refuseUnknown();
        return Optional.of(alert);
    }

    private static Map<String, Place> places(YamlMap map) {
        Map<String, Place> places = new LinkedHashMap<>();
        map.keys().forEach(key -> places.put(key, map.placeOf(key)));
        return Collections.unmodifiableMap(places);
    }

    private static <E extends Enum<E>> E word(YamlMap map, String key, Class<E> type, E otherwise) {
        return map.find(key).flatMap(node -> node.oneOf(type)).orElse(otherwise);
    }

    private static Map<String, Text> texts(YamlMap map, String key) {
        Map<String, Text> texts = new LinkedHashMap<>();
        map.find(key)
                .flatMap(YamlNode::map)
                .ifPresent(entries -> entries.forEach(
                        (name, value) -> value.text().ifPresent(text -> texts.put(name, text))));
        return Collections.unmodifiableMap(texts);
    }

    private static Optional<Absent> absent(YamlNode node) {
        if (node.isScalar()) {
            return DurationText.read(node, 1)
                    .map(after ->
                            new Absent(node.place(), after, List.of(), true, OptionalLong.empty()));
        }
        return node.map().flatMap(AlertReader::absent);
    }

    private static Optional<Absent> absent(YamlMap map) {
        Optional<Long> after = map.require("after").flatMap(node -> DurationText.read(node, 1));
        List<AlertConfig.Key> keys = new ArrayList<>();
        List<YamlNode> listed = map.find("keys").map(YamlNode::list).orElse(List.of());
        if (listed.size() > LISTED_KEYS_MAX) {
            map.problem("keys", "more than " + LISTED_KEYS_MAX);
        } else {
            listed.forEach(node -> key(node).ifPresent(keys::add));
        }
        boolean learn = map.find("learn").flatMap(YamlNode::bool).orElse(!map.has("keys"));
        OptionalLong forget = GeneratorReader.toLong(DurationText.read(map, "forget_after", 1));
        if (!learn && !map.has("keys")) {
            map.problem("learn", "without learning, 'keys' must list what is expected");
        }
        if (after.isPresent() && forget.isPresent() && forget.getAsLong() < after.get()) {
            map.problem(
                    "forget_after",
                    "shorter than 'after': a key would be forgotten before it alerts");
        }
        map.refuseUnknown();
        return after.map(known -> new Absent(map.place(), known, keys, learn, forget));
    }

    private static Optional<AlertConfig.Key> key(YamlNode node) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (node.isMap()) {
            node.map().orElseThrow().forEach((column, value) -> {
                if (value.isMap() || value.isList()) {
                    value.expected("a value");
                } else {
                    values.put(column, value.plain());
                }
            });
        } else if (node.isList()) {
            node.expected("a value, or a map of columns and values");
            return Optional.empty();
        } else {
            values.put("", node.plain());
        }
        return Optional.of(new AlertConfig.Key(node.place(), Collections.unmodifiableMap(values)));
    }
}
