package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.Selection;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which the rows of a batch are looked up. A key that is one string stands for itself, where it lies; others are
 * written as {@link KeyEncoder} does. Used again for the next batch.
 */
final class LookupKeys {
    /** Instead of the length of a key with a NULL, which equals none. */
    private static final int NONE = -1;

    private Column[] columns = {};
    private @Nullable KeyEncoder encoder;
    private final ByteWriter encoded = new ByteWriter(64);
    private byte[] bytes = {};
    private int[] starts = {};
    private int[] lengths = {};
    /** Those of keys that do not stand for themselves, or of which some are missing. */
    private int[] ownStarts = {};

    private int[] ownLengths = {};
    /** What an index knows of the rows that it works on. */
    private final long[] hashes = new long[LookupIndex.ROWS_TOGETHER];

    private final int[] places = new int[LookupIndex.ROWS_TOGETHER];
    private int[] found = {};

    /** The columns of the next keys, to be filled in, of types that can be compared with those of what is looked in. */
    Column[] columns(int count) {
        if (columns.length != count) {
            columns = new Column[count];
            encoder = null;
        }
        return columns;
    }

    /** Turns to selected rows of the batch whose {@link #columns} were filled in. */
    void turnTo(Selection selection, int rowCount) {
        BytesColumn text =
                columns.length == 1 && columns[0] instanceof BytesColumn only ? only : null;
        if (text != null && text.nulls() == null) {
            bytes = text.bytes();
            starts = text.starts();
            lengths = text.lengths();
        } else {
            if (ownStarts.length < rowCount) {
                ownStarts = new int[rowCount];
                ownLengths = new int[rowCount];
            }
            starts = ownStarts;
            lengths = ownLengths;
            if (text != null) {
                takePresent(text, selection);
            } else {
                encode(selection);
            }
        }
        if (found.length < selection.size()) {
            found = new int[selection.size()];
        }
    }

    private void takePresent(BytesColumn text, Selection selection) {
        bytes = text.bytes();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            starts[row] = text.isNull(row) ? 0 : text.start(row);
            lengths[row] = text.isNull(row) ? NONE : text.length(row);
        }
    }

    private void encode(Selection selection) {
        if (encoder == null) {
            encoder = new KeyEncoder(0, 0, columns.length);
        }
        encoded.truncate(0);
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            starts[row] = encoded.size();
            lengths[row] = NONE;
            if (isPresent(row)) {
                encoder.encode(columns, row, encoded);
                lengths[row] = encoded.size() - starts[row];
            }
        }
        bytes = encoded.array();
    }

    private boolean isPresent(int row) {
        for (Column column : columns) {
            if (column.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    /** The array that holds all keys. */
    byte[] bytes() {
        return bytes;
    }

    /** Per row where its key starts. */
    int[] starts() {
        return starts;
    }

    /** Per row the length of its key, negative if a part of it is NULL. */
    int[] lengths() {
        return lengths;
    }

    /** A hash of the key of a row, 0 if a part of it is NULL. */
    long hash(int row) {
        return lengths[row] < 0 ? 0 : Hash.quick(bytes, starts[row], lengths[row]);
    }

    /** Written to by who looks up, as are {@link #places} and {@link #found}: for some rows their hashes. */
    long[] hashes() {
        return hashes;
    }

    int[] places() {
        return places;
    }

    /** What was found for them, in the order of the selection. */
    int[] found() {
        return found;
    }
}
