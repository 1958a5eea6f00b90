package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BooleanColumnBuilder;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/**
 * Values of columns as bytes and back, exactly: a byte for NULL or not, then the value (numbers of eight bytes, a byte for a
 * boolean, a length and bytes for VARCHAR).
 */
public final class RowEncoding {
    private RowEncoding() {}

    /** Appends the value of one row. */
    public static void write(Column column, int row, ByteWriter out) {
        boolean isNull = column.isNull(row);
        out.writeBoolean(isNull);
        if (isNull) {
            return;
        }
        if (column instanceof LongColumn longs) {
            out.writeLong(longs.value(row));
        } else if (column instanceof DoubleColumn doubles) {
            out.writeDouble(doubles.value(row));
        } else if (column instanceof BooleanColumn booleans) {
            out.writeBoolean(booleans.value(row));
        } else if (column instanceof BytesColumn slices) {
            out.writeSlice(slices.bytes(), slices.start(row), slices.length(row));
        }
    }

    /** Reads one value and appends it to a builder of its type. */
    public static void read(ByteReader in, ColumnBuilder out) {
        if (in.readBoolean()) {
            out.appendNull();
        } else if (out instanceof LongColumnBuilder longs) {
            longs.append(in.readLong());
        } else if (out instanceof DoubleColumnBuilder doubles) {
            doubles.append(in.readDouble());
        } else if (out instanceof BooleanColumnBuilder booleans) {
            booleans.append(in.readBoolean());
        } else if (out instanceof BytesColumnBuilder slices) {
            int length = in.readCount();
            int start = in.skip(length);
            slices.append(in.array(), start, length);
        }
    }

    /** Builders for the columns of rows of such types. */
    public static List<ColumnBuilder> builders(List<Type> types, int capacity) {
        return types.stream().map(type -> ColumnBuilder.of(type, capacity)).toList();
    }
}
