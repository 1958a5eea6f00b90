package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.Selection;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which the rows of a batch are looked up, and their hashes. A key that is one string stands for itself, where it
 * lies; others are written as {@link KeyEncoder} does. Used again for the next batch.
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
    private long[] hashes = {};
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
        hash(selection);
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

    /** All of them before any is looked up, for a processor works on several hashes at a time if nothing comes between. */
    private void hash(Selection selection) {
        int size = selection.size();
        if (hashes.length < size) {
            hashes = new long[size];
            found = new int[size];
        }
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            hashes[i] = lengths[row] < 0 ? 0 : Hash.quick(bytes, starts[row], lengths[row]);
        }
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

    /** Per row in the order of the selection the {@linkplain Hash#quick hash} of its key. */
    long[] hashes() {
        return hashes;
    }

    /** What was found for them, in the order of the selection; written to by who looks them up. */
    int[] found() {
        return found;
    }
}
