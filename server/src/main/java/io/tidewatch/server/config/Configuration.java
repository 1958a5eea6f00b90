package io.tidewatch.server.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** The files of all streams and tables. */
    public List<Path> files() {
        Stream<Setting> ofStreams = streams.stream()
                .flatMap(stream -> stream.source().stream())
                .filter(SourceConfig.File.class::isInstance)
                .map(source -> ((SourceConfig.File) source).path());
        return Stream.concat(ofStreams, tables.stream().map(TableConfig::path))
                .map(this::resolve)
                .toList();
    }

    /** The path that a setting names, relative to the configuration file's folder. */
    public Path resolve(Setting path) {
        return folder.resolve(path.value());
    }
}
