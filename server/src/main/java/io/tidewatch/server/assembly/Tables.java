package io.tidewatch.server.assembly;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Refusal;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Inputs;
import io.tidewatch.codecs.input.RecordReader;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.TableConfig;
import io.tidewatch.server.yaml.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads reference tables. A table with a row that is refused, or with a key that stands twice, is refused as a whole. */
final class Tables {
    /** The most bytes of the file of a reference table. */
    static final long FILE_BYTES_MAX = 256L << 20;

    /** The most rows of a reference table. */
    static final int ROWS_MAX = 5_000_000;

    private final Configuration configuration;
    private final Problems problems;

    Tables(Configuration configuration, Problems problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    /** All tables of the configuration by name; complaints for those that cannot be loaded. */
    Map<String, ReferenceTable> load() {
        Map<String, ReferenceTable> tables = new LinkedHashMap<>();
        for (TableConfig table : configuration.tables()) {
            ReferenceTable loaded = load(table);
            if (loaded != null) {
                tables.put(table.name(), loaded);
            }
        }
        return tables;
    }

    private @Nullable ReferenceTable load(TableConfig table) {
        Path path = configuration.resolve(table.path());
        try {
            if (Files.size(path) > FILE_BYTES_MAX) {
                problems.add(
                        table.place(),
                        table.path() + " is larger than " + FILE_BYTES_MAX + " bytes");
                return null;
            }
            byte[] bytes = Files.readAllBytes(path);
            Batch rows = rows(table, bytes);
            long effective = table.effectiveMillis().orElse(Times.BEGINNING);
            return rows == null
                    ? null
                    : new ReferenceTable(
                            table.name(),
                            table.schema(),
                            List.of(new TableVersion(effective, hash(bytes), rows)));
        } catch (NoSuchFileException e) {
            problems.add(table.place(), "file: there is no " + path);
        } catch (IOException e) {
            problems.add(table.place(), "file: " + path + " cannot be read: " + e.getMessage());
        }
        return null;
    }

    private @Nullable Batch rows(TableConfig table, byte[] bytes) throws IOException {
        StreamFormat format = new Formats(configuration.limits()).of(table);
        Schema schema = table.schema();
        List<ColumnBuilder> builders = new ArrayList<>();
        schema.fields().forEach(field -> builders.add(ColumnBuilder.of(field.type(), 1_024)));
        Keys keys = new Keys(table);
        int rowCount = 0;
        try (RecordReader reader =
                new RecordReader(Inputs.decompressed(new ByteArrayInputStream(bytes)), format)) {
            for (Decoded decoded = reader.next(); decoded != null; decoded = reader.next()) {
                if (!decoded.refusals().isEmpty()) {
                    Refusal first = decoded.refusals().get(0);
                    problems.add(
                            table.place(),
                            table.path() + ", line " + first.line() + ": " + first.reason());
                    return null;
                }
                rowCount += decoded.rowCount();
                if (rowCount > ROWS_MAX) {
                    problems.add(
                            table.place(), table.path() + " has more than " + ROWS_MAX + " rows");
                    return null;
                }
                copy(decoded.batch(), builders);
                if (!keys.add(decoded)) {
                    return null;
                }
            }
        }
        return Batch.of(
                schema, rowCount, builders.stream().map(ColumnBuilder::build).toList());
    }

    private static void copy(Batch batch, List<ColumnBuilder> builders) {
        Schema schema = batch.schema();
        for (int column = 0; column < schema.size(); column++) {
            for (int row = 0; row < batch.rowCount(); row++) {
                Object value = Values.get(schema.field(column).type(), batch.column(column), row);
                Values.append(schema.field(column).type(), builders.get(column), value);
            }
        }
    }

    /** The hash that names a version of a table. */
    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The keys of a table, none of which may stand twice. */
    private final class Keys {
        private final TableConfig table;
        private final Set<List<@Nullable Object>> seen = new LinkedHashSet<>();

        Keys(TableConfig table) {
            this.table = table;
        }

        boolean add(Decoded decoded) {
            Batch batch = decoded.batch();
            if (table.key().isEmpty()) {
                return true;
            }
            for (int row = 0; row < batch.rowCount(); row++) {
                List<@Nullable Object> key = new ArrayList<>();
                for (String name : table.key()) {
                    int column = batch.schema().indexOf(name);
                    key.add(Values.get(
                            batch.schema().field(column).type(), batch.column(column), row));
                }
                if (!seen.add(key)) {
                    problems.add(
                            table.place(),
                            table.path() + ": the key " + key + " stands twice (again in record "
                                    + (decoded.ordinals()[row] + 1) + ")");
                    return false;
                }
            }
            return true;
        }
    }
}
