package io.tidewatch.server.config;

import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.window.Windows;
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
                    .map(size -> new WindowConfig.OnGrid(
                            node.place(), Windows.tumbling(size, 0), Durations.format(size)));
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
        return DurationText.read(map, "gap", 1)
                .map(gap -> new WindowConfig.Session(map.place(), gap));
    }

    private static Optional<WindowConfig> grid(YamlMap map) {
        Optional<Long> size = map.require("size").flatMap(node -> DurationText.read(node, 1));
        Optional<Long> hop = DurationText.read(map, "hop", 1);
        Optional<Long> step = DurationText.read(map, "step", 1);
        long offset = map.find("offset").flatMap(DurationText::readSigned).orElse(0L);
        Optional<ZoneId> zone = map.find("zone").flatMap(Instants::readZone);
        if (map.has("hop") && map.has("step")) {
            map.problem("step", "a window has hop (overlapping) or step (growing), not both");
            return Optional.empty();
        }
        try {
            return size.map(known -> step.isPresent()
                            ? cumulating(known, step.get(), offset, zone)
                            : hopping(known, hop.orElse(known), offset, zone))
                    .map(windows -> new WindowConfig.OnGrid(
                            map.place(), windows, shown(size.get(), hop, step, offset, zone)));
        } catch (IllegalArgumentException e) {
            map.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Windows hopping(long size, long hop, long offset, Optional<ZoneId> zone) {
        return zone.isPresent()
                ? Windows.hopping(size, hop, offset, zone.get())
                : Windows.hopping(size, hop, offset);
    }

    private static Windows cumulating(long size, long step, long offset, Optional<ZoneId> zone) {
        return zone.isPresent()
                ? Windows.cumulating(size, step, offset, zone.get())
                : Windows.cumulating(size, step, offset);
    }

    private static String shown(
            long size,
            Optional<Long> hop,
            Optional<Long> step,
            long offset,
            Optional<ZoneId> zone) {
        String offsetText = (offset < 0 ? "-" : "") + Durations.format(Math.abs(offset));
        return "{size: " + Durations.format(size)
                + hop.map(millis -> ", hop: " + Durations.format(millis)).orElse("")
                + step.map(millis -> ", step: " + Durations.format(millis)).orElse("")
                + (offset == 0 ? "" : ", offset: " + offsetText)
                + zone.map(id -> ", zone: " + id).orElse("") + "}";
    }
}
