package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.state.KeyTable;
import java.util.Arrays;
import java.util.List;

/** Finds the rows of one version of a reference table by the values of some of its columns. */
final class LookupIndex {
    private final Batch rows;
    private final KeyTable keys = new KeyTable();
    /** Per slot the first row, and per row the next one with the same key, plus one; 0 is the end. */
    private int[] firsts = new int[16];

    private final int[] nexts;

    LookupIndex(Batch rows, List<Integer> keyColumns) {
        this.rows = rows;
        this.nexts = new int[rows.rowCount()];
        Column[] columns = keyColumns.stream().map(rows::column).toArray(Column[]::new);
        KeyEncoder encoder = new KeyEncoder(
                0,
                0,
                keyColumns.stream()
                        .map(column -> rows.schema().field(column).type())
                        .toList());
        ByteWriter key = new ByteWriter(64);
        // From the last row to the first, so that chains give rows in the order of the table.
        for (int row = rows.rowCount() - 1; row >= 0; row--) {
            if (hasNull(columns, row)) {
                continue;
            }
            key.truncate(0);
            encoder.encode(columns, row, key);
            int slot =
                    keys.slotOf(key.array(), 0, key.size(), Hash.of(key.array(), 0, key.size()), 0);
            if (slot == firsts.length) {
                firsts = Arrays.copyOf(firsts, 2 * slot);
            }
            nexts[row] = firsts[slot];
            firsts[slot] = row + 1;
        }
    }

    Batch rows() {
        return rows;
    }

    /** The first row with a key, or −1. */
    int first(byte[] key, int length) {
        int slot = keys.find(key, 0, length, Hash.of(key, 0, length), 0);
        return slot < 0 ? -1 : firsts[slot] - 1;
    }

    /** The next row with the same key, or −1. */
    int next(int row) {
        return nexts[row] - 1;
    }

    static boolean hasNull(Column[] columns, int row) {
        for (Column column : columns) {
            if (column.isNull(row)) {
                return true;
            }
        }
        return false;
    }
}
