package io.tidewatch.kernel.state;

import io.tidewatch.kernel.batch.Slices;
import java.util.Arrays;

/**
 * Gives every key a slot: 0, 1, 2, … in the order of their first appearance. A key is a slice of bytes with its hash.
 *
 * <p>Slots are never freed one by one; {@link #clear} empties the table and keeps its memory.
 */
public final class KeyTable implements KeySlots {
    /*
     * Open addressing with linear probing over an array of slot numbers (plus one; zero is free), at most half full. The
     * hash of each slot is kept, so that a probe that meets another key seldom looks at its bytes, and growing needs no
     * hashing. Key bytes stand behind one another in one arena.
     */
    private static final int CAPACITY_MIN = 16;

    private int[] index = new int[2 * CAPACITY_MIN];
    private int size;
    private long[] hashes = new long[CAPACITY_MIN];
    private int[] starts = new int[CAPACITY_MIN + 1];
    private byte[] arena = new byte[CAPACITY_MIN * 16];

    @Override
    public int size() {
        return size;
    }

    @Override
    public int slotOf(byte[] key, int start, int length, long hash) {
        int place = placeOf(key, start, length, hash);
        return index[place] != 0 ? index[place] - 1 : add(key, start, length, hash, place);
    }

    /** The slot of a key, or −1 if it is not in the table. */
    public int find(byte[] key, int start, int length, long hash) {
        return index[placeOf(key, start, length, hash)] - 1;
    }

    @Override
    public int find(KeySlots of, int slot) {
        return find(of.keyBytes(), of.keyStart(slot), of.keyLength(slot), of.hash(slot));
    }

    /** Where in the index a key is, or where it would be put. */
    private int placeOf(byte[] key, int start, int length, long hash) {
        int mask = index.length - 1;
        int place = place(hash, mask);
        while (index[place] != 0 && !holds(index[place] - 1, key, start, length, hash)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    @Override
    public long hash(int slot) {
        return hashes[slot];
    }

    @Override
    public byte[] keyBytes() {
        return arena;
    }

    @Override
    public int keyStart(int slot) {
        return starts[slot];
    }

    @Override
    public int keyLength(int slot) {
        return starts[slot + 1] - starts[slot];
    }

    @Override
    public int compare(int left, int right) {
        int byHash = Long.compareUnsigned(hashes[left], hashes[right]);
        return byHash != 0 ? byHash : compareBytes(left, right);
    }

    /** Compares the keys of two slots by bytes alone. */
    int compareBytes(int left, int right) {
        return Arrays.compareUnsigned(
                arena, starts[left], starts[left + 1], arena, starts[right], starts[right + 1]);
    }

    public void clear() {
        if (size > 0) {
            Arrays.fill(index, 0);
            size = 0;
        }
    }

    @Override
    public KeyTable newEmpty() {
        return new KeyTable();
    }

    @Override
    public void trim() {
        // Only keys that have numbers are trimmed.
    }

    @Override
    public void release() {
        // Nothing is shared.
    }

    @Override
    public long retainedBytes() {
        return 4L * index.length + 8L * hashes.length + 4L * starts.length + arena.length;
    }

    private int add(byte[] key, int start, int length, long hash, int place) {
        int slot = size;
        if (slot == hashes.length) {
            grow();
            return slotOf(key, start, length, hash);
        }
        int end = Math.addExact(starts[slot], length);
        if (end > arena.length) {
            arena = Arrays.copyOf(
                    arena, Math.max(end, (int) Math.min(2L * arena.length, Integer.MAX_VALUE - 8)));
        }
        System.arraycopy(key, start, arena, starts[slot], length);
        starts[slot + 1] = end;
        hashes[slot] = hash;
        index[place] = slot + 1;
        size = slot + 1;
        return slot;
    }

    private void grow() {
        int capacity = 2 * hashes.length;
        hashes = Arrays.copyOf(hashes, capacity);
        starts = Arrays.copyOf(starts, capacity + 1);
        index = new int[2 * capacity];
        int mask = index.length - 1;
        for (int slot = 0; slot < size; slot++) {
            int place = place(hashes[slot], mask);
            while (index[place] != 0) {
                place = (place + 1) & mask;
            }
            index[place] = slot + 1;
        }
    }

    private boolean holds(int slot, byte[] key, int start, int length, long hash) {
        return hashes[slot] == hash
                && keyLength(slot) == length
                && Slices.equal(arena, starts[slot], key, start, length);
    }

    private static int place(long hash, int mask) {
        return (int) (hash * 0xFF51AFD7ED558CCDL >>> 32) & mask;
    }
}
