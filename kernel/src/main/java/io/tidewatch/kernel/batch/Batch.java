package io.tidewatch.kernel.batch;

import io.tidewatch.kernel.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one schema in columns. A column that nobody reads may be absent.
 */
public final class Batch {
    /** The most rows that a codec or an operator puts into one batch. */
    public static final int ROWS_MAX = 8192;

    private final Schema schema;
    private final int rowCount;
    private final @Nullable Column[] columns;

    /** Wraps the array of columns, which the caller must not change afterwards. */
    public Batch(Schema schema, int rowCount, @Nullable Column... columns) {
        if (columns.length != schema.size()) {
            throw new IllegalArgumentException(
                    "columns: " + columns.length + " (expected: " + schema.size() + ")");
        }
        for (Column column : columns) {
            if (column != null && column.rowCount() != rowCount) {
                throw new IllegalArgumentException(
                        "column of " + column.rowCount() + " rows (expected: " + rowCount + ")");
            }
        }
        this.schema = schema;
        this.rowCount = rowCount;
        this.columns = columns;
    }

    public static Batch of(Schema schema, int rowCount, List<? extends Column> columns) {
        return new Batch(schema, rowCount, columns.toArray(new Column[0]));
    }

    public Schema schema() {
        return schema;
    }

    public int rowCount() {
        return rowCount;
    }

    /** Whether a column was decoded. */
    public boolean has(int index) {
        return columns[index] != null;
    }

    public Column column(int index) {
        Column column = columns[index];
        if (column == null) {
            throw new IllegalArgumentException(
                    "column '" + schema.field(index).name() + "' was not decoded");
        }
        return column;
    }

    public LongColumn longs(int index) {
        return (LongColumn) column(index);
    }

    public DoubleColumn doubles(int index) {
        return (DoubleColumn) column(index);
    }

    public BooleanColumn booleans(int index) {
        return (BooleanColumn) column(index);
    }

    public BytesColumn bytes(int index) {
        return (BytesColumn) column(index);
    }
}
