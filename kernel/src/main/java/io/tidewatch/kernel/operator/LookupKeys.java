package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.state.KeyTable;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which the rows of a batch are looked up. A key that is one string stands for itself, where it lies; others are
 * written as {@link KeyEncoder} does.
 */
final class LookupKeys {
    private static final byte[] NOTHING = {};

    private final Column[] columns;
    private final @Nullable BytesColumn text;
    private final @Nullable Encoding encoding;
    private byte[] bytes;
    private int start;
    private int length;

    /** Keys of these columns, of types that can be compared with those of the columns that are looked in. */
    LookupKeys(Column[] columns) {
        this.columns = columns;
        this.text = columns.length == 1 && columns[0] instanceof BytesColumn only ? only : null;
        this.encoding = text == null ? new Encoding(columns.length) : null;
        this.bytes = text == null ? NOTHING : text.bytes();
    }

    /** Writes keys that do not stand for themselves. */
    private static final class Encoding {
        private final KeyEncoder encoder;
        private final ByteWriter encoded = new ByteWriter(64);

        Encoding(int columns) {
            encoder = new KeyEncoder(0, 0, columns);
        }

        ByteWriter of(Column[] columns, int row) {
            encoded.truncate(0);
            encoder.encode(columns, row, encoded);
            return encoded;
        }
    }

    /** Turns to a row; false if a part of its key is NULL. */
    boolean read(int row) {
        for (Column column : columns) {
            if (column.isNull(row)) {
                return false;
            }
        }
        if (encoding != null) {
            ByteWriter encoded = encoding.of(columns, row);
            bytes = encoded.array();
            length = encoded.size();
        } else if (text != null) {
            start = text.start(row);
            length = text.length(row);
        }
        return true;
    }

    /** The slot of the key at hand, added if it is new. */
    int slotIn(KeyTable table) {
        return table.slotOf(bytes, start, length, Hash.quick(bytes, start, length));
    }

    /** The slot of the key at hand, or −1. */
    int find(KeyTable table) {
        return table.find(bytes, start, length, Hash.quick(bytes, start, length));
    }
}
