package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
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
        LookupKeys rowKeys =
                new LookupKeys(keyColumns.stream().map(rows::column).toArray(Column[]::new));
        // From the last row to the first, so that chains give rows in the order of the table.
        for (int row = rows.rowCount() - 1; row >= 0; row--) {
            if (!rowKeys.read(row)) {
                continue;
            }
            int slot = rowKeys.slotIn(keys);
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

    /** The first row with the key of a row, or −1; a key with a NULL has none. */
    int first(LookupKeys wanted, int row) {
        int slot = wanted.read(row) ? wanted.find(keys) : -1;
        return slot < 0 ? -1 : firsts[slot] - 1;
    }

    /** The next row with the same key, or −1. */
    int next(int row) {
        return nexts[row] - 1;
    }
}
