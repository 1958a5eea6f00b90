package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Slices;
import io.tidewatch.kernel.state.KeyTable;
import java.util.Arrays;
import java.util.List;

/** Finds the rows of one version of a reference table by the values of some of its columns. */
final class LookupIndex {
    /*
     * It never changes once it is made, so it is laid out for finding, in three steps that touch one cache line each: a place
     * of the hash table, by open addressing with linear probing; the entry of the key; its bytes. Half of the hash stands in
     * the place, so that another key is hardly ever gone to. Each step is taken for several rows before the next one, so that
     * what one row waits for is fetched while others are worked on.
     */
    private static final int PLACES_SPARSE_MAX = 1 << 16;
    private static final int ENTRY = 4;
    private static final int FIRST = 2;
    /** So many rows go through the steps together: enough to keep a processor busy, with keys that stay in its nearest cache. */
    static final int ROWS_TOGETHER = 64;

    /** Half of a key's hash, and below it the number of its entry plus one; 0 is free. */
    private final long[] places;

    /** Per key where its bytes start, how many there are, the first row with it, and nothing. */
    private final int[] entries;

    private final byte[] bytes;
    /** Per row the next one with the same key, plus one; 0 is the end. */
    private final int[] nexts;

    LookupIndex(Batch rows, List<Integer> keyColumns) {
        int rowCount = rows.rowCount();
        Selection all = Selection.all(rowCount);
        LookupKeys keys = new LookupKeys();
        Column[] columns = keys.columns(keyColumns.size());
        Arrays.setAll(columns, i -> rows.column(keyColumns.get(i)));
        keys.turnTo(all, rowCount);
        this.nexts = new int[rowCount];
        KeyTable slots = new KeyTable();
        int[] firsts = new int[rowCount];
        // From the last row to the first, so that chains give rows in the order of the table.
        for (int row = rowCount - 1; row >= 0; row--) {
            if (keys.lengths()[row] >= 0) {
                int slot = slots.slotOf(
                        keys.bytes(), keys.starts()[row], keys.lengths()[row], keys.hash(row));
                nexts[row] = firsts[slot];
                firsts[slot] = row + 1;
            }
        }
        int last = slots.size() - 1;
        this.bytes = last < 0
                ? new byte[0]
                : Arrays.copyOf(slots.keyBytes(), slots.keyStart(last) + slots.keyLength(last));
        this.entries = new int[ENTRY * slots.size()];
        this.places = new long[placeCount(slots.size())];
        for (int slot = 0; slot < slots.size(); slot++) {
            int entry = ENTRY * slot;
            entries[entry] = slots.keyStart(slot);
            entries[entry + 1] = slots.keyLength(slot);
            entries[entry + FIRST] = firsts[slot] - 1;
            put(slots.hash(slot), slot);
        }
    }

    /** At most half of the places are taken; of a table that a cache holds a quarter, so that few keys meet. */
    private static int placeCount(int keys) {
        int twice = 2 * Integer.highestOneBit(Math.max(1, 2 * keys - 1));
        return twice < PLACES_SPARSE_MAX ? 2 * twice : twice;
    }

    private void put(long hash, int entry) {
        int place = place(hash);
        while (places[place] != 0) {
            place = place + 1 & places.length - 1;
        }
        places[place] = hash & -1L << Integer.SIZE | entry + 1;
    }

    private int place(long hash) {
        return (int) (hash * 0xFF51AFD7ED558CCDL >>> Integer.SIZE) & places.length - 1;
    }

    /**
     * Finds the first row with the key of each row of a part of a selection, or −1; a key with a NULL has none.
     *
     * @param keys of the selected rows
     * @param from the part, by place in the selection
     * @param to where it ends
     * @return by place in the selection; only of the part, and until the next call with these keys
     */
    int[] find(LookupKeys keys, Selection selection, int from, int to) {
        long[] hashes = keys.hashes();
        for (int first = from; first < to; first += ROWS_TOGETHER) {
            int end = Math.min(to, first + ROWS_TOGETHER);
            for (int i = first; i < end; i++) {
                hashes[i - first] = keys.hash(selection.row(i));
            }
            findPlaces(hashes, end - first, keys.places());
            findEntries(keys, selection, first, end);
        }
        return keys.found();
    }

    private void findPlaces(long[] hashes, int count, int[] found) {
        for (int i = 0; i < count; i++) {
            found[i] = placeFrom(place(hashes[i]), hashes[i]);
        }
    }

    private void findEntries(LookupKeys keys, Selection selection, int from, int to) {
        byte[] wanted = keys.bytes();
        int[] starts = keys.starts();
        int[] lengths = keys.lengths();
        int[] found = keys.found();
        for (int i = from; i < to; i++) {
            int row = selection.row(i);
            int place = keys.places()[i - from];
            while (places[place] != 0 && !holds(place, wanted, starts[row], lengths[row])) {
                place = placeFrom(place + 1 & places.length - 1, keys.hashes()[i - from]);
            }
            found[i] = places[place] == 0 ? -1 : entries[entry(place) + FIRST];
        }
    }

    /** The first place, from one on, with half of a hash, or that is free. */
    private int placeFrom(int start, long hash) {
        int place = start;
        while (places[place] != 0 && (places[place] ^ hash) >>> Integer.SIZE != 0) {
            place = place + 1 & places.length - 1;
        }
        return place;
    }

    private boolean holds(int place, byte[] key, int start, int length) {
        int entry = entry(place);
        return entries[entry + 1] == length
                && Slices.equal(bytes, entries[entry], key, start, length);
    }

    private int entry(int place) {
        return ENTRY * ((int) places[place] - 1);
    }

    /** The next row with the same key, or −1. */
    int next(int row) {
        return nexts[row] - 1;
    }
}
