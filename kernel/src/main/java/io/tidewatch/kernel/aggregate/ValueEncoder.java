package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.LongColumn;

/**
 * The arguments of a row, of which none is NULL, as bytes that are equal exactly when the values are: −0.0 = 0.0, and all NaN
 * are one value. The bytes of the latest row stand in {@link #array} until the next.
 */
final class ValueEncoder {
    private final ByteWriter writer = new ByteWriter(64);
    private byte[] bytes = writer.array();
    private int start;
    private int length;

    /** Encodes a row and returns the hash of its bytes. */
    long encode(AggregateInput input, int row) {
        if (input.argumentCount() == 1 && input.argument(0) instanceof BytesColumn column) {
            bytes = column.bytes();
            start = column.start(row);
            length = column.length(row);
        } else {
            writer.truncate(0);
            for (int i = 0; i < input.argumentCount(); i++) {
                write(input.argument(i), row);
            }
            bytes = writer.array();
            start = 0;
            length = writer.size();
        }
        return Hash.of(bytes, start, length);
    }

    /** The hash that {@link #encode} returns, without the bytes where it can do without. */
    long hash(AggregateInput input, int row) {
        if (input.argumentCount() == 1) {
            Column column = input.argument(0);
            if (column instanceof LongColumn longs) {
                return Hash.of(longs.value(row));
            }
            if (column instanceof DoubleColumn doubles) {
                return Hash.of(Doubles.identityBits(doubles.value(row)));
            }
        }
        return encode(input, row);
    }

    private void write(Column column, int row) {
        if (column instanceof LongColumn longs) {
            writer.writeLong(longs.value(row));
        } else if (column instanceof DoubleColumn doubles) {
            writer.writeLong(Doubles.identityBits(doubles.value(row)));
        } else if (column instanceof BooleanColumn booleans) {
            writer.writeBoolean(booleans.value(row));
        } else if (column instanceof BytesColumn slices) {
            writer.writeSlice(slices.bytes(), slices.start(row), slices.length(row));
        }
    }

    byte[] array() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }
}
