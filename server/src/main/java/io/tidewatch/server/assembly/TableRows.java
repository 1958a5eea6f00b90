package io.tidewatch.server.assembly;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Refusal;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.codecs.input.Inputs;
import io.tidewatch.codecs.input.RecordReader;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.server.config.TableConfig;
import io.tidewatch.server.yaml.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a reference table. A row that is refused, or a key that stands twice, refuses all. */
final class TableRows {
    /** The most rows of a reference table. */
    static final int ROWS_MAX = 5_000_000;

    private final TableConfig table;
    private final StreamFormat format;
    private final String file;
    private final Problems problems;
    private final List<ColumnBuilder> builders = new ArrayList<>();
    private final Set<List<@Nullable Object>> keys = new LinkedHashSet<>();
    private int rowCount;

    private TableRows(TableConfig table, Formats formats, String file, Problems problems) {
        this.table = table;
        this.format = formats.of(table);
        this.file = file;
        this.problems = problems;
        table.schema()
                .fields()
                .forEach(field -> builders.add(ColumnBuilder.of(field.type(), 1_024)));
    }

    /**
     * The rows, or nothing after a complaint.
     *
     * @param file what the complaint calls the file
     */
    static Optional<Batch> read(
            TableConfig table, Formats formats, String file, byte[] bytes, Problems problems) {
        return new TableRows(table, formats, file, problems).read(bytes);
    }

    private Optional<Batch> read(byte[] bytes) {
        try (RecordReader reader =
                new RecordReader(Inputs.decompressed(new ByteArrayInputStream(bytes)), format)) {
            for (Decoded decoded = reader.next(); decoded != null; decoded = reader.next()) {
                if (!add(decoded)) {
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            complain(" cannot be read: " + FileReasons.of(e));
            return Optional.empty();
        }
        return Optional.of(Batch.of(
                table.schema(),
                rowCount,
                builders.stream().map(ColumnBuilder::build).toList()));
    }

    private boolean add(Decoded decoded) {
        if (!decoded.refusals().isEmpty()) {
            Refusal first = decoded.refusals().get(0);
            complain(", line " + first.line() + ": " + first.reason());
            return false;
        }
        rowCount += decoded.rowCount();
        if (rowCount > ROWS_MAX) {
            complain(" has more than " + ROWS_MAX + " rows");
            return false;
        }
        copy(decoded.batch());
        return addKeys(decoded);
    }

    private void copy(Batch batch) {
        for (int column = 0; column < builders.size(); column++) {
            for (int row = 0; row < batch.rowCount(); row++) {
                Object value = value(batch, column, row);
                Values.append(batch.schema().field(column).type(), builders.get(column), value);
            }
        }
    }

    private boolean addKeys(Decoded decoded) {
        Batch batch = decoded.batch();
        if (table.key().isEmpty()) {
            return true;
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> key = new ArrayList<>();
            for (String name : table.key()) {
                key.add(value(batch, batch.schema().indexOf(name), row));
            }
            if (!keys.add(key)) {
                complain(": the key " + key + " stands twice (again in record "
                        + (decoded.ordinals()[row] + 1) + ")");
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object value(Batch batch, int column, int row) {
        return Values.get(batch.schema().field(column).type(), batch.column(column), row);
    }

    private void complain(String what) {
        problems.add(table.place(), file + what);
    }
}
