package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.state.KeyTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the keys of rows: 0, 1, 2, … in the order of their first appearance. Aggregations that group the same rows by the
 * same columns share one, so that each row's key is made, hashed and found once, however many there are.
 *
 * <p>Whoever has folded a row {@linkplain #hold holds} the dictionary, until what was folded is flushed. It is emptied when
 * nobody holds it.
 */
final class KeyDictionary {
    private static final int NONE = -1;

    private final KeyEncoder encoder;
    private final KeyTable keys = new KeyTable();
    private final ByteWriter encoded = new ByteWriter(64);
    private final SliceNumbers slices = new SliceNumbers();
    private @Nullable Batch batch;
    private int[] numberOfRow = new int[0];
    private int holders;

    KeyDictionary(KeyEncoder encoder) {
        this.encoder = encoder;
    }

    /** The keys, in the slots of their numbers. */
    KeyTable keys() {
        return keys;
    }

    void hold() {
        holders++;
    }

    void release() {
        holders--;
        if (holders == 0) {
            keys.clear();
            slices.clear();
            batch = null;
        }
    }

    /**
     * Finds the numbers of the keys of selected rows.
     *
     * @param columns of the key, which need values for those rows alone
     * @param ofTable whether the key is one string of a reference table
     * @return per row its number; other rows are undefined
     */
    int[] numbers(Batch rows, Selection selection, Column[] columns, boolean ofTable) {
        if (batch != rows) {
            batch = rows;
            if (numberOfRow.length < rows.rowCount()) {
                numberOfRow = new int[rows.rowCount()];
            }
            Arrays.fill(numberOfRow, 0, rows.rowCount(), NONE);
        }
        BytesColumn text = ofTable && columns[0].nulls() == null ? (BytesColumn) columns[0] : null;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (numberOfRow[row] == NONE) {
                numberOfRow[row] =
                        text == null ? number(columns, row) : numberOfSlice(columns, text, row);
            }
        }
        return numberOfRow;
    }

    private int numberOfSlice(Column[] columns, BytesColumn text, int row) {
        int number = slices.find(text.bytes(), text.start(row), text.length(row));
        if (number < 0) {
            number = number(columns, row);
            slices.remember(text.start(row), text.length(row), number);
        }
        return number;
    }

    private int number(Column[] columns, int row) {
        encoded.truncate(0);
        encoder.encode(columns, row, encoded);
        long hash = Hash.of(encoded.array(), 0, encoded.size());
        return keys.slotOf(encoded.array(), 0, encoded.size(), hash, 0);
    }
}
