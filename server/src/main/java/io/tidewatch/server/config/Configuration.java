package io.tidewatch.server.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one configuration file declares.
 *
 * @param file the name of the file as a person gave it, for messages
 * @param folder what relative paths in the file are relative to
 * @param unreadable the names of streams, tables and monitors that are declared, but not so that their columns are known
 */
public record Configuration(
        String file,
        Path folder,
        List<StreamConfig> streams,
        List<TableConfig> tables,
        List<MonitorConfig> monitors,
        LimitsConfig limits,
        Set<String> unreadable) {
    public Configuration {
        streams = List.copyOf(streams);
        tables = List.copyOf(tables);
        monitors = List.copyOf(monitors);
        unreadable = Collections.unmodifiableSet(new LinkedHashSet<>(unreadable));
    }

    public Optional<StreamConfig> stream(String name) {
        return streams.stream().filter(stream -> stream.name().equals(name)).findFirst();
    }

    public Optional<MonitorConfig> monitor(String name) {
        return monitors.stream().filter(monitor -> monitor.name().equals(name)).findFirst();
    }

    /** The files of all streams and tables, each with one that has it, such as {@code stream s}. */
    public Map<Path, String> files() {
        Map<Path, String> files = new LinkedHashMap<>();
        for (StreamConfig stream : streams) {
            if (stream.source().orElse(null) instanceof SourceConfig.File source) {
                files.putIfAbsent(resolve(source.path()), "stream " + stream.name());
            }
        }
        tables.forEach(table -> files.putIfAbsent(resolve(table.path()), "table " + table.name()));
        return files;
    }

    /** The path that a setting names, relative to the configuration file's folder. */
    public Path resolve(Setting path) {
        return folder.resolve(path.value());
    }
}
