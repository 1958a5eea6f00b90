package io.tidewatch.server.assembly;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.codecs.input.Inputs;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.TableConfig;
import io.tidewatch.server.log.RecordedTables;
import io.tidewatch.server.log.RecordedTables.Recorded;
import io.tidewatch.server.log.TableContent;
import io.tidewatch.server.yaml.Problems;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads reference tables. A table with a row that is refused, or with a key that stands twice, is refused as a whole. */
final class Tables {
    /** The most bytes of the file of a reference table. */
    static final int FILE_BYTES_MAX = 256 << 20;

    private final Configuration configuration;
    private final Formats formats;

    Tables(Configuration configuration) {
        this.configuration = configuration;
        this.formats = new Formats(configuration.limits());
    }

    /** All tables of the configuration by name, each with the version of its file; complaints for those that have none. */
    Map<String, ReferenceTable> load(Problems problems) {
        Map<String, ReferenceTable> tables = new LinkedHashMap<>();
        for (TableConfig table : configuration.tables()) {
            fromFile(table, problems)
                    .ifPresent(version -> tables.put(table.name(), of(table, version)));
        }
        return tables;
    }

    /** As {@link #load(Problems)}, but with the versions that a recording began with where it has the table. */
    Map<String, ReferenceTable> load(RecordedTables recorded, Problems problems) {
        Map<String, ReferenceTable> tables = new LinkedHashMap<>();
        for (TableConfig table : configuration.tables()) {
            Optional<Recorded> begun = recorded.begun(table.name());
            Optional<TableVersion> version = begun.isPresent()
                    ? fromRecording(table, recorded, begun.get(), problems)
                    : fromFile(table, problems);
            version.ifPresent(found -> tables.put(table.name(), of(table, found)));
        }
        return tables;
    }

    /** The version of a recording, or nothing after a complaint. */
    Optional<TableVersion> fromRecording(
            TableConfig table, RecordedTables tables, Recorded recorded, Problems problems) {
        String hash = recorded.contentHash();
        return rows(table, tables.file(hash).toString(), tables.content(hash), problems)
                .map(rows -> new TableVersion(recorded.effectiveFrom(), hash, rows));
    }

    /** The rows of a file's content, or nothing after a complaint. */
    Optional<Batch> rows(TableConfig table, String file, byte[] bytes, Problems problems) {
        return formats.check(table, problems)
                ? TableRows.read(table, formats, file, bytes, problems)
                : Optional.empty();
    }

    private Optional<TableVersion> fromFile(TableConfig table, Problems problems) {
        Path path = configuration.resolve(table.path());
        try {
            Optional<byte[]> bytes = Inputs.bytes(path, FILE_BYTES_MAX);
            if (bytes.isEmpty()) {
                problems.add(table.place(), tooLarge(table));
                return Optional.empty();
            }
            long effective = table.effectiveMillis().orElse(Times.BEGINNING);
            return rows(table, table.path().toString(), bytes.get(), problems)
                    .map(rows -> new TableVersion(effective, TableContent.hash(bytes.get()), rows));
        } catch (NoSuchFileException e) {
            problems.add(table.place(), "file: there is no " + path);
        } catch (IOException e) {
            problems.add(table.place(), "file: " + path + " cannot be read: " + FileReasons.of(e));
        }
        return Optional.empty();
    }

    static String tooLarge(TableConfig table) {
        return table.path() + " is larger than " + FILE_BYTES_MAX + " bytes";
    }

    private static ReferenceTable of(TableConfig table, TableVersion version) {
        return new ReferenceTable(table.name(), table.schema(), List.of(version));
    }
}
