package io.tidewatch.kernel.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as bytes, for rows that travel or wait one by one: per column a tag (0 NULL, 1 a value), then the value: BOOLEAN one
 * byte, DOUBLE its eight raw bytes, VARCHAR length and bytes, the others a zigzag number.
 */
public final class RowCodec {
    private final List<Type> types;

    public RowCodec(List<Type> types) {
        this.types = List.copyOf(types);
    }

    public List<Type> types() {
        return types;
    }

    public void write(List<? extends Column> columns, int row, ByteWriter out) {
        for (Column column : columns) {
            writeValue(column, row, out);
        }
    }

    /** Appends the value of one column and row. */
    public static void writeValue(Column column, int row, ByteWriter out) {
        if (column.isNull(row)) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        if (column instanceof LongColumn longs) {
            out.writeZigZag(longs.value(row));
        } else if (column instanceof DoubleColumn doubles) {
            out.writeDouble(doubles.value(row));
        } else if (column instanceof BooleanColumn booleans) {
            out.writeBoolean(booleans.value(row));
        } else if (column instanceof BytesColumn bytes) {
            out.writeSlice(bytes.bytes(), bytes.start(row), bytes.length(row));
        }
    }

    /** Reads a value that {@link #writeValue} wrote, as a Java object; {@code null} is NULL. */
    public static @Nullable Object readValue(Type type, ByteReader in) {
        if (in.readByte() == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> in.readBoolean();
            case DOUBLE -> in.readDouble();
            case VARCHAR -> {
                int length = in.readCount();
                yield new String(in.array(), in.skip(length), length, UTF_8);
            }
            case DECIMAL -> BigDecimal.valueOf(in.readZigZag(), type.scale());
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> in.readZigZag();
        };
    }

    public ColumnBuilder[] builders(int capacity) {
        return types.stream()
                .map(type -> ColumnBuilder.of(type, capacity))
                .toArray(ColumnBuilder[]::new);
    }

    /** Reads one row and appends it to the builders, one per column. */
    public void read(ByteReader in, ColumnBuilder[] builders) {
        for (ColumnBuilder builder : builders) {
            if (in.readByte() == 0) {
                builder.appendNull();
            } else if (builder instanceof LongColumnBuilder longs) {
                longs.append(in.readZigZag());
            } else if (builder instanceof DoubleColumnBuilder doubles) {
                doubles.append(in.readDouble());
            } else if (builder instanceof BooleanColumnBuilder booleans) {
                booleans.append(in.readBoolean());
            } else if (builder instanceof BytesColumnBuilder bytes) {
                int length = in.readCount();
                bytes.append(in.array(), in.skip(length), length);
            }
        }
    }
}
