package io.tidewatch.server.config;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.codecs.input.Inputs;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import io.tidewatch.server.yaml.YamlDocument;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads configuration files. */
public final class ConfigurationReader {
    /** The most streams, tables and monitors, each, of one file. */
    public static final int ENTRIES_MAX = 10_000;

    private final Map<String, String> environment;

    /** Variables in the file are looked up in {@code environment}. */
    public ConfigurationReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The configuration that a file declares.
     *
     * @throws TidewatchException with every problem of the file, or if it cannot be read
     */
    public Configuration read(Path file) {
        return parse(file.toString(), folderOf(file), bytesOf(file));
    }

    /**
     * What can be understood of a file; empty if it is no YAML.
     *
     * @param problems gets every problem of the file
     * @throws TidewatchException if the file cannot be read
     */
    public Optional<Configuration> read(Path file, Problems problems) {
        return parse(file.toString(), folderOf(file), bytesOf(file), problems);
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }

    /** As {@link #read(Path)}, of bytes under a name for messages. */
    public Configuration parse(String file, Path folder, byte[] bytes) {
        Problems problems = new Problems();
        Optional<Configuration> configuration = parse(file, folder, bytes, problems);
        problems.check();
        return configuration.orElseThrow();
    }

    private Optional<Configuration> parse(
            String file, Path folder, byte[] bytes, Problems problems) {
        return YamlDocument.parse(file, bytes, problems)
                .flatMap(YamlNode::map)
                .map(map -> configuration(file, folder, map, problems));
    }

    /** The bytes of a file within the size limit of a document. */
    public static byte[] bytesOf(Path file) {
        try {
            return Inputs.bytes(file, YamlDocument.BYTES_MAX)
                    .orElseThrow(() -> new TidewatchException(
                            ErrorCode.CONFIGURATION_INVALID,
                            file + ": too large (at most " + YamlDocument.BYTES_MAX
                                    + " bytes); move large lists into a reference table"));
        } catch (NoSuchFileException e) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID, file + ": there is no such file", e);
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID,
                    file + ": cannot be read: " + FileReasons.of(e),
                    e);
        }
    }

    private Configuration configuration(String file, Path folder, YamlMap map, Problems problems) {
        Variables variables = new Variables(environment);
        Names names = new Names(problems);
        List<StreamConfig> streams =
                entries(map, "streams", names, new StreamReader(variables)::read);
        List<TableConfig> tables = entries(map, "tables", names, new TableReader(variables)::read);
        List<MonitorConfig> monitors = new ArrayList<>();
        List<YamlNode> listed = map.find("monitors").map(YamlNode::list).orElse(List.of());
        if (listed.size() > ENTRIES_MAX) {
            map.problem("monitors", "more than " + ENTRIES_MAX);
        } else {
            listed.forEach(node -> MonitorReader.read(node, names).ifPresent(monitors::add));
        }
        LimitsConfig limits = LimitsReader.read(map.find("limits").flatMap(YamlNode::map));
        if (!map.has("streams")) {
            map.problem("'streams' is missing");
        }
        map.refuseUnknown();
        Set<String> unreadable = names.all();
        streams.forEach(stream -> unreadable.remove(stream.name()));
        tables.forEach(table -> unreadable.remove(table.name()));
        monitors.forEach(monitor -> unreadable.remove(monitor.name()));
        return new Configuration(file, folder, streams, tables, monitors, limits, unreadable);
    }

    /** The entries under a key that can be understood and have names of their own. */
    private static <T> List<T> entries(YamlMap map, String key, Names names, Entry<T> reader) {
        Optional<YamlMap> entries = map.find(key).flatMap(YamlNode::map);
        List<T> read = new ArrayList<>();
        if (entries.isPresent() && entries.get().keys().size() > ENTRIES_MAX) {
            map.problem(key, "more than " + ENTRIES_MAX);
            return read;
        }
        entries.ifPresent(known -> known.forEach((name, node) -> {
            boolean free = names.add(name, known.placeOf(name));
            Optional<T> entry = reader.read(name, known.placeOf(name), node);
            if (free) {
                entry.ifPresent(read::add);
            }
        }));
        return read;
    }

    /** Reads one named entry of a map. */
    @FunctionalInterface
    private interface Entry<T> {
        Optional<T> read(String name, Place place, YamlNode node);
    }
}
