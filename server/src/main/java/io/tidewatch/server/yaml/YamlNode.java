package io.tidewatch.server.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a YAML document. The methods that read it as something answer empty, and complain, when it is something else.
 */
public final class YamlNode {
    private final Node node;
    private final SourceText source;
    private final Problems problems;
    private final String name;

    YamlNode(Node node, SourceText source, Problems problems, String name) {
        this.node = node;
        this.source = source;
        this.problems = problems;
        this.name = name;
    }

    /** Where the value starts. */
    public Place place() {
        return node.getStartMark()
                .map(mark -> YamlDocument.placeOf(source.file(), mark))
                .orElse(Place.startOf(source.file()));
    }

    /** Complains about this value. */
    public void problem(String message) {
        problems.add(place(), name.isEmpty() ? message : name + ": " + message);
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether the value is a scalar other than null. */
    public boolean isScalar() {
        return node instanceof ScalarNode && !isNull();
    }

    /** Whether nothing, {@code ~} or {@code null} stands there. */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    public Optional<YamlMap> map() {
        if (node instanceof MappingNode mapping) {
            return Optional.of(YamlMap.of(mapping, this, source, problems));
        }
        expected("a map (key: value)");
        return Optional.empty();
    }

    /** The values of a list; empty if it is none. */
    public List<YamlNode> list() {
        if (!(node instanceof SequenceNode sequence)) {
            expected("a list");
            return List.of();
        }
        List<YamlNode> values = new ArrayList<>();
        for (Node value : sequence.getValue()) {
            values.add(new YamlNode(value, source, problems, name));
        }
        return values;
    }

    /** The values of a list, or this value alone if it is none. */
    public List<YamlNode> listOrOne() {
        return isList() ? list() : List.of(this);
    }

    /** The characters of a scalar, whatever its type. */
    public Optional<String> string() {
        return scalar("text").map(ScalarNode::getValue);
    }

    /** As {@link #string()}, with the places of its characters. */
    public Optional<Text> text() {
        return scalar("text").map(this::locate);
    }

    public Optional<Boolean> bool() {
        return typed(Tag.BOOL, "true or false", value -> value.equalsIgnoreCase("true"));
    }

    /** A whole number that fits 64 bits. */
    public Optional<Long> integer() {
        return typed(Tag.INT, "a whole number", Long::valueOf);
    }

    /** A whole number within bounds. */
    public Optional<Long> integer(long min, long max) {
        Optional<Long> value = integer();
        if (value.isPresent() && (value.get() < min || value.get() > max)) {
            problem(value.get() + " (expected: "
                    + (max == Long.MAX_VALUE ? ">= " + min : min + " to " + max) + ")");
            return Optional.empty();
        }
        return value;
    }

    /** A finite number. */
    public Optional<Double> number() {
        Tag tag = node.getTag().equals(Tag.INT) ? Tag.INT : Tag.FLOAT;
        Optional<Double> value = typed(tag, "a number", Double::valueOf);
        if (value.isPresent() && !Double.isFinite(value.get())) {
            expected("a finite number");
            return Optional.empty();
        }
        return value;
    }

    /** One of the constants of an enum, written in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
        return string().flatMap(text -> Words.parse(this, type, text));
    }

    /**
     * The value as plain Java: null, Boolean, Long, BigDecimal, String, List or Map with keys in order. Numbers that do not
     * fit become BigDecimal.
     */
    public @Nullable Object plain() {
        if (node instanceof MappingNode) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map().ifPresent(map -> map.forEach((key, value) -> values.put(key, value.plain())));
            return values;
        }
        if (node instanceof SequenceNode) {
            List<@Nullable Object> values = new ArrayList<>();
            list().forEach(value -> values.add(value.plain()));
            return values;
        }
        return isNull() ? null : plainScalar();
    }

    private Object plainScalar() {
        String value = string().orElse("");
        Tag tag = node.getTag();
        if (tag.equals(Tag.BOOL)) {
            return value.equalsIgnoreCase("true");
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return plainNumber(value);
        }
        return value;
    }

    private static Object plainNumber(String value) {
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException notWhole) {
            try {
                return new BigDecimal(value);
            } catch (NumberFormatException notFinite) {
                return value;
            }
        }
    }

    /** Complains that something else should stand here. */
    public void expected(String what) {
        String found = isNull() ? "nothing" : isMap() ? "a map" : isList() ? "a list" : shown();
        problem("expected " + what + ", found " + found);
    }

    private String shown() {
        String value = ((ScalarNode) node).getValue();
        return "'" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "'";
    }

    private Optional<ScalarNode> scalar(String what) {
        if (node instanceof ScalarNode scalar && !isNull()) {
            return Optional.of(scalar);
        }
        expected(what);
        return Optional.empty();
    }

    private <T> Optional<T> typed(Tag tag, String what, Function<String, T> parse) {
        if (!node.getTag().equals(tag) || !(node instanceof ScalarNode scalar)) {
            expected(what);
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(scalar.getValue()));
        } catch (NumberFormatException e) {
            expected(what);
            return Optional.empty();
        }
    }

    private Text locate(ScalarNode scalar) {
        Place place = place();
        ScalarStyle style = scalar.getScalarStyle();
        return ScalarPlaces.locate(source, style, scalar.getValue(), place.line(), place.column());
    }

    /** The name that messages give to a value: its key. */
    YamlNode named(String key) {
        return new YamlNode(node, source, problems, key);
    }

    static Optional<String> keyOf(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key
                ? Optional.of(key.getValue())
                : Optional.empty();
    }
}
