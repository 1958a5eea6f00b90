package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was computed over one batch, by expression and selection: a hash table with open addressing. */
final class Memo {
    private static final int CAPACITY_AT_FIRST = 64;

    private @Nullable Entry[] entries = new Entry[CAPACITY_AT_FIRST];
    private int size;

    void clear() {
        if (size > 0) {
            Arrays.fill(entries, null);
            size = 0;
        }
    }

    @Nullable
    Entry find(Expression expression, Selection selection) {
        int mask = entries.length - 1;
        int slot = spread(expression.hashCode()) & mask;
        while (true) {
            Entry entry = entries[slot];
            if (entry == null) {
                return null;
            }
            if (entry.selection == selection && entry.expression.equals(expression)) {
                return entry;
            }
            slot = (slot + 1) & mask;
        }
    }

    void add(Entry entry) {
        if (2 * size >= entries.length) {
            @Nullable Entry[] old = entries;
            entries = new Entry[2 * old.length];
            for (Entry moved : old) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(entry);
        size++;
    }

    private void place(Entry entry) {
        int mask = entries.length - 1;
        int slot = spread(entry.expression.hashCode()) & mask;
        while (entries[slot] != null) {
            slot = (slot + 1) & mask;
        }
        entries[slot] = entry;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    /** The values of an expression over a selection, and the failures on the way to them in order. */
    static final class Entry {
        final Expression expression;
        final Selection selection;
        final Column column;
        final List<Failure> failures;
        /** The rows where a predicate is TRUE, once somebody asked. */
        @Nullable
        Selection filtered;

        Entry(Expression expression, Selection selection, Column column, List<Failure> failures) {
            this.expression = expression;
            this.selection = selection;
            this.column = column;
            this.failures = failures;
        }
    }
}
