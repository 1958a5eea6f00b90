package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.Selection;
import org.jspecify.annotations.Nullable;

/** Narrows a selection to the rows that are not NULL, so that loops over values need no null check. */
final class NonNullRows {
    private int[] rows = {};

    /** The narrowed selection, valid until the next call; {@code selection} itself if nothing can be NULL. */
    Selection of(Selection selection, boolean @Nullable [] nulls) {
        if (nulls == null) {
            return selection;
        }
        int size = selection.size();
        if (rows.length < size) {
            rows = new int[size];
        }
        int[] listed = selection.rows();
        return Selection.of(
                rows,
                listed == null ? fromAll(size, nulls, rows) : from(listed, size, nulls, rows));
    }

    /** The rows of which no argument is NULL. */
    Selection ofAll(Selection selection, AggregateInput input) {
        Selection narrowed = selection;
        for (int i = 0; i < input.argumentCount(); i++) {
            narrowed = of(narrowed, input.argument(i).nulls());
        }
        return narrowed;
    }

    private static int fromAll(int size, boolean[] nulls, int[] out) {
        int count = 0;
        for (int row = 0; row < size; row++) {
            out[count] = row;
            count += nulls[row] ? 0 : 1;
        }
        return count;
    }

    /** Works in place too: what is written is never ahead of what is read. */
    private static int from(int[] listed, int size, boolean[] nulls, int[] out) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            int row = listed[i];
            out[count] = row;
            count += nulls[row] ? 0 : 1;
        }
        return count;
    }
}
