package io.tidewatch.server.config;

import io.tidewatch.kernel.time.Durations;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.Optional;

/** Reads durations in YAML as {@link Durations} has them, in milliseconds. */
final class DurationText {
    private DurationText() {}

    /** The duration of a value; a complaint if it is none or shorter than {@code min}. */
    static Optional<Long> read(YamlNode node, long min) {
        Optional<Long> millis = node.string().flatMap(text -> parse(node, text));
        if (millis.isPresent() && millis.get() < min) {
            node.problem(Durations.format(millis.get()) + " (expected: at least "
                    + Durations.format(min) + ")");
            return Optional.empty();
        }
        return millis;
    }

    /** As {@link #read(YamlNode, long)}, of the value of a key if it is there. */
    static Optional<Long> read(YamlMap map, String key, long min) {
        return map.find(key).flatMap(node -> read(node, min));
    }

    /** A duration that may start with a minus sign. */
    static Optional<Long> readSigned(YamlNode node) {
        Optional<String> text = node.string();
        if (text.isPresent() && text.get().startsWith("-")) {
            return parse(node, text.get().substring(1)).map(millis -> -millis);
        }
        return text.flatMap(value -> parse(node, value));
    }

    private static Optional<Long> parse(YamlNode node, String text) {
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            node.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
