package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.time.ZoneId;
import java.util.Optional;

/** Reads {@code window:}: {size}, {size, hop}, {size, step} or {gap}; or a size alone. */
final class WindowReader {
    private WindowReader() {}

    static Optional<WindowConfig> read(YamlNode node) {
        if (node.isScalar()) {
            return DurationText.read(node, 1)
                    .map(size -> new WindowConfig.Tumble(node.place(), size, 0, Optional.empty()));
        }
        Optional<YamlMap> map = node.map();
        Optional<WindowConfig> window =
                map.flatMap(known -> known.has("gap") ? session(known) : grid(known));
        map.ifPresent(YamlMap::refuseUnknown);
        return window;
    }

    private static Optional<WindowConfig> session(YamlMap map) {
        for (String key : new String[] {"size", "hop", "step", "offset", "zone"}) {
            if (map.has(key)) {
                map.problem(key, "a session window has a gap alone");
            }
        }
        return GeneratorReader.duration(map, "gap", 1)
                .map(gap -> new WindowConfig.Session(map.place(), gap));
    }

    private static Optional<WindowConfig> grid(YamlMap map) {
        Optional<Long> size = map.require("size").flatMap(node -> DurationText.read(node, 1));
        Optional<Long> hop = GeneratorReader.duration(map, "hop", 1);
        Optional<Long> step = GeneratorReader.duration(map, "step", 1);
        long offset = map.find("offset").flatMap(WindowReader::offset).orElse(0L);
        Optional<ZoneId> zone = map.find("zone").flatMap(Instants::readZone);
        Place place = map.place();
        if (map.has("hop") && map.has("step")) {
            map.problem("step", "a window has hop (overlapping) or step (growing), not both");
            return Optional.empty();
        }
        if (hop.isPresent()) {
            return size.map(known -> new WindowConfig.Hop(place, known, hop.get(), offset, zone));
        }
        if (step.isPresent()) {
            return size.map(
                    known -> new WindowConfig.Cumulate(place, known, step.get(), offset, zone));
        }
        return size.map(known -> new WindowConfig.Tumble(place, known, offset, zone));
    }

    /** An offset may be negative: {@code -30m}. */
    private static Optional<Long> offset(YamlNode node) {
        String text = node.string().orElse("");
        if (!text.startsWith("-")) {
            return DurationText.read(node, 0);
        }
        var millis = DurationText.parse(text.substring(1));
        if (millis.isEmpty()) {
            node.expected("a duration such as 30m or -30m");
            return Optional.empty();
        }
        return Optional.of(-millis.getAsLong());
    }
}
