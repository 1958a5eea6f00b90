package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads {@code source:}, a map with one key that says what kind it is. */
final class SourceReader {
    private final Variables variables;

    SourceReader(Variables variables) {
        this.variables = variables;
    }

    Optional<SourceConfig> read(YamlNode node, List<FieldConfig> fields) {
        if (node.isScalar()) {
            return shortForm(node);
        }
        Optional<YamlMap> map = node.map();
        if (map.isEmpty()) {
            return Optional.empty();
        }
        Optional<SourceConfig> source = Optional.empty();
        Optional<YamlNode> file = map.get().find("file");
        Optional<YamlNode> stdin = map.get().find("stdin");
        Optional<YamlNode> generator = map.get().find("generator");
        Optional<YamlNode> host = map.get().find("host");
        if (map.get().keys().size() != 1) {
            node.problem("one of file, stdin, generator, host is needed");
        } else if (file.isPresent()) {
            source = file(file.get());
        } else if (stdin.isPresent()) {
            source = stdin(stdin.get());
        } else if (generator.isPresent()) {
            Place place = map.get().placeOf("generator");
            source = new GeneratorReader(fields)
                    .read(generator.get())
                    .map(config -> new SourceConfig.Generator(place, config));
        } else if (host.isPresent()) {
            source = Optional.of(host(host.get()));
        }
        map.get().refuseUnknown();
        return source;
    }

    /** {@code source: stdin} and {@code source: host}. */
    private static Optional<SourceConfig> shortForm(YamlNode node) {
        return switch (node.string().orElse("")) {
            case "stdin" -> Optional.of(new SourceConfig.Stdin(node.place(), FormatConfig.JSON));
            case "host" -> Optional.of(defaultHost(node.place()));
            default -> {
                node.expected("a map with one of file, stdin, generator, host");
                yield Optional.empty();
            }
        };
    }

    private Optional<SourceConfig> file(YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Optional<Setting> path = map.require("path").flatMap(variables::path);
        FormatConfig format = FormatReader.read(map, path);
        boolean follow = map.find("follow").flatMap(YamlNode::bool).orElse(false);
        map.refuseUnknown();
        if (path.isPresent() && path.get().value().isBlank()) {
            map.problem("path", "a file name is needed");
            return Optional.empty();
        }
        if (follow && path.isPresent() && path.get().value().endsWith(".gz")) {
            map.problem("follow", "a compressed file cannot be followed");
        }
        return path.map(known -> new SourceConfig.File(node.place(), known, format, follow));
    }

    private static Optional<SourceConfig> stdin(YamlNode node) {
        if (node.isNull()) {
            return Optional.of(new SourceConfig.Stdin(node.place(), FormatConfig.JSON));
        }
        return node.map().map(map -> {
            FormatConfig format = FormatReader.read(map, Optional.empty());
            map.refuseUnknown();
            return new SourceConfig.Stdin(node.place(), format);
        });
    }

    private static SourceConfig host(YamlNode node) {
        Optional<YamlMap> map = node.isNull() ? Optional.empty() : node.map();
        if (map.isEmpty()) {
            return defaultHost(node.place());
        }
        long interval = map.get()
                .find("interval")
                .flatMap(value -> DurationText.read(value, 100))
                .orElse(SourceConfig.Host.INTERVAL_MILLIS_DEFAULT);
        long processes = map.get()
                .find("processes")
                .flatMap(value -> value.integer(0, 1_000))
                .orElse((long) SourceConfig.Host.PROCESS_COUNT_DEFAULT);
        map.get().refuseUnknown();
        return new SourceConfig.Host(node.place(), interval, (int) processes);
    }

    private static SourceConfig defaultHost(Place place) {
        return new SourceConfig.Host(
                place,
                SourceConfig.Host.INTERVAL_MILLIS_DEFAULT,
                SourceConfig.Host.PROCESS_COUNT_DEFAULT);
    }
}
