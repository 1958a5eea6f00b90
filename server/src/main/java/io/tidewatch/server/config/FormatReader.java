package io.tidewatch.server.config;

import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads {@code format:} and the keys beside it that say how rows stand in bytes. */
final class FormatReader {
    private FormatReader() {}

    /** The format that a map declares, or else the one that the ending of its path suggests. */
    static FormatConfig read(YamlMap map, Optional<Setting> path) {
        Optional<FormatConfig> suggested = path.map(Setting::value).flatMap(FormatConfig::ofName);
        Optional<YamlNode> node = map.find("format");
        FormatConfig.Kind kind = node.flatMap(value -> value.oneOf(FormatConfig.Kind.class))
                .or(() -> suggested.map(FormatConfig::kind))
                .orElse(FormatConfig.Kind.JSON);
        boolean csv = kind == FormatConfig.Kind.CSV;
        char delimiter = letter(map, "delimiter", csv)
                .orElse(suggested.map(FormatConfig::delimiter).orElse(','));
        char quote = letter(map, "quote", csv).orElse('"');
        Optional<Boolean> header = csvOnly(map, "header", csv).flatMap(YamlNode::bool);
        List<String> columns = csvOnly(map, "columns", csv)
                .map(value -> value.list().stream()
                        .flatMap(column -> column.string().stream())
                        .toList())
                .orElse(List.of());
        Optional<String> nullText = csvOnly(map, "null", csv).flatMap(YamlNode::string);
        Optional<String> pattern = pattern(map, kind);
        if (delimiter == quote) {
            map.problem("delimiter", "the delimiter and the quote are the same character");
        }
        boolean hasHeader = header.orElse(columns.isEmpty());
        return new FormatConfig(kind, delimiter, quote, hasHeader, columns, nullText, pattern);
    }

    private static Optional<YamlNode> csvOnly(YamlMap map, String key, boolean csv) {
        Optional<YamlNode> node = map.find(key);
        if (node.isPresent() && !csv) {
            map.problem(key, "only the format csv has it");
            return Optional.empty();
        }
        return node;
    }

    private static Optional<Character> letter(YamlMap map, String key, boolean csv) {
        Optional<YamlNode> node = csvOnly(map, key, csv);
        Optional<String> text = node.flatMap(YamlNode::string);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean fits = text.get().length() == 1
                && text.get().charAt(0) < 0x80
                && text.get().charAt(0) != '\n'
                && text.get().charAt(0) != '\r';
        if (!fits) {
            node.get().expected("one ASCII character");
            return Optional.empty();
        }
        return Optional.of(text.get().charAt(0));
    }

    private static Optional<String> pattern(YamlMap map, FormatConfig.Kind kind) {
        if (kind == FormatConfig.Kind.REGEX) {
            return map.require("pattern").flatMap(YamlNode::string);
        }
        if (map.has("pattern")) {
            map.problem("pattern", "only the format regex has it");
        }
        return Optional.empty();
    }
}
