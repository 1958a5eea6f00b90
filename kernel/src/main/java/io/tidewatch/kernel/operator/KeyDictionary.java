package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.state.KeySlices;
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
    /** The keys that are one string, by its bytes: they are found without being encoded. */
    private final KeyTable texts = new KeyTable();
    /** Per slot of {@link #texts} the number of the key. */
    private int[] numberOfText = new int[16];

    private @Nullable Batch batch;
    private int[] numberOfRow = new int[0];
    /** Rows whose numbers are not known yet, and where their keys start in {@link #encoded}. */
    private int[] unknown = new int[0];

    private int[] starts = new int[1];
    private final KeySlices looked = new KeySlices();
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
            texts.clear();
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
        if (columns.length == 1 && columns[0] instanceof BytesColumn text) {
            if (ofTable) {
                numberSlices(text, selection);
            } else {
                numberTexts(text, selection);
            }
        } else {
            numberKeys(columns, selection);
        }
        return numberOfRow;
    }

    private void numberSlices(BytesColumn text, Selection selection) {
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (numberOfRow[row] == NONE) {
                numberOfRow[row] = text.isNull(row) ? number(text, row) : numberOfSlice(text, row);
            }
        }
    }

    /*
     * What follows goes in steps over all rows, so that the memory that one row waits for is fetched while others are worked
     * on.
     */

    private void numberKeys(Column[] columns, Selection selection) {
        int count = findUnknown(selection);
        encoded.truncate(0);
        for (int i = 0; i < count; i++) {
            starts[i] = encoded.size();
            encoder.encode(columns, unknown[i], encoded);
        }
        starts[count] = encoded.size();
        looked.start(encoded.array());
        for (int i = 0; i < count; i++) {
            looked.add(starts[i], starts[i + 1] - starts[i], 0);
        }
        looked.hash();
        keys.findAll(looked);
        int[] found = looked.slots();
        for (int i = 0; i < count; i++) {
            numberOfRow[unknown[i]] = found[i];
        }
    }

    private void numberTexts(BytesColumn text, Selection selection) {
        int count = findUnknown(selection);
        looked.start(text.bytes());
        int texted = 0;
        for (int i = 0; i < count; i++) {
            int row = unknown[i];
            if (text.isNull(row)) {
                numberOfRow[row] = number(text, row);
            } else {
                unknown[texted++] = row;
                int start = text.start(row);
                int length = text.length(row);
                looked.add(start, length, Hash.quick(text.bytes(), start, length));
            }
        }
        int before = texts.size();
        texts.findAll(looked);
        int[] found = looked.slots();
        for (int i = 0; i < texted; i++) {
            if (found[i] == before) {
                numberText(before++, text, unknown[i]);
            }
            numberOfRow[unknown[i]] = numberOfText[found[i]];
        }
    }

    /** Lists the rows whose numbers are not known yet. */
    private int findUnknown(Selection selection) {
        if (unknown.length < selection.size()) {
            unknown = new int[selection.size()];
            starts = new int[selection.size() + 1];
        }
        int count = 0;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            unknown[count] = row;
            count += numberOfRow[row] == NONE ? 1 : 0;
        }
        return count;
    }

    private int numberOfSlice(BytesColumn text, int row) {
        int number = slices.find(text.bytes(), text.start(row), text.length(row));
        if (number < 0) {
            long hash = Hash.quick(text.bytes(), text.start(row), text.length(row));
            number = numberOfText(text, row, hash);
            slices.remember(text.start(row), text.length(row), number);
        }
        return number;
    }

    private int numberOfText(BytesColumn text, int row, long hash) {
        int start = text.start(row);
        int length = text.length(row);
        int before = texts.size();
        int slot = texts.slotOf(text.bytes(), start, length, hash);
        if (slot == before) {
            numberText(slot, text, row);
        }
        return numberOfText[slot];
    }

    private void numberText(int slot, BytesColumn text, int row) {
        if (slot == numberOfText.length) {
            numberOfText = Arrays.copyOf(numberOfText, 2 * slot);
        }
        numberOfText[slot] = number(text, row);
    }

    private int number(Column column, int row) {
        return number(new Column[] {column}, row);
    }

    private int number(Column[] columns, int row) {
        encoded.truncate(0);
        encoder.encode(columns, row, encoded);
        long hash = Hash.of(encoded.array(), 0, encoded.size());
        return keys.slotOf(encoded.array(), 0, encoded.size(), hash);
    }
}
