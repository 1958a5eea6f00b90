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
     * Open addressing with linear probing over an array of slot numbers (plus one; zero is free), at most half full. Bits
     * of the hash that do not say the place stand above the slot number, so that a probe that meets another key seldom
     * looks at its bytes. The hash of each slot is kept, so that growing needs no hashing. Key bytes stand behind one
     * another in one arena.
     *
     * A table of many keys is in no cache, and a look-up waits for memory three times, one after the other. Of keys that are
     * looked for together each step is done for many of them before the next: so they wait together.
     */
    private static final int CAPACITY_MIN = 16;

    /** So many keys are looked for together that what is fetched for them stays in the first caches. */
    private static final int TOGETHER = 512;

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
        return index[place] != 0 ? slotAt(place) : add(key, start, length, hash, place);
    }

    /** The slot of a key, or −1 if it is not in the table. */
    public int find(byte[] key, int start, int length, long hash) {
        return slotAt(placeOf(key, start, length, hash));
    }

    @Override
    public int find(KeySlots of, int slot) {
        return find(of.keyBytes(), of.keyStart(slot), of.keyLength(slot), of.hash(slot));
    }

    @Override
    public void findAll(KeySlices wanted) {
        for (int from = 0; from < wanted.size(); from += TOGETHER) {
            findAll(wanted, from, Math.min(wanted.size(), from + TOGETHER));
        }
    }

    private void findAll(KeySlices wanted, int from, int to) {
        int[] slots = wanted.slots();
        fetchIndex(wanted, from, to, slots);
        fetchEntries(wanted, from, to, slots);
        for (int i = from; i < to; i++) {
            int slot = slots[i];
            int start = wanted.start(i);
            int length = wanted.length(i);
            slots[i] = slot >= 0 && holds(slot, wanted.bytes(), start, length)
                    ? slot
                    : slotOf(wanted.bytes(), start, length, wanted.hash(i));
        }
    }

    /** Reads all places, none of which waits for another. */
    private void fetchIndex(KeySlices wanted, int from, int to, int[] entries) {
        int mask = index.length - 1;
        for (int i = from; i < to; i++) {
            entries[i] = index[mix(wanted.hash(i)) & mask];
        }
    }

    /** Per key the slot that it has, unless another has the same bits; or −1. */
    private void fetchEntries(KeySlices wanted, int from, int to, int[] slots) {
        int mask = index.length - 1;
        for (int i = from; i < to; i++) {
            int mixed = mix(wanted.hash(i));
            int place = mixed & mask;
            int entry = slots[i];
            while (entry != 0 && ((entry ^ mixed) & ~mask) != 0) {
                place = (place + 1) & mask;
                entry = index[place];
            }
            slots[i] = (entry & mask) - 1;
        }
    }

    /** Where in the index a key is, or where it would be put. */
    private int placeOf(byte[] key, int start, int length, long hash) {
        int mask = index.length - 1;
        int mixed = mix(hash);
        int place = mixed & mask;
        while (index[place] != 0
                && (((index[place] ^ mixed) & ~mask) != 0
                        || !holds((index[place] & mask) - 1, key, start, length))) {
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
        index[place] = entry(hash, slot);
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
            int place = mix(hashes[slot]) & mask;
            while (index[place] != 0) {
                place = (place + 1) & mask;
            }
            index[place] = entry(hashes[slot], slot);
        }
    }

    private boolean holds(int slot, byte[] key, int start, int length) {
        return keyLength(slot) == length && Slices.equal(arena, starts[slot], key, start, length);
    }

    /** The slot at a place of the index, or −1 if it is free. */
    private int slotAt(int place) {
        return (index[place] & (index.length - 1)) - 1;
    }

    /** What stands in the index: the slot plus one, which is at most half its length, and above it bits of the hash. */
    private int entry(long hash, int slot) {
        return mix(hash) & -index.length | (slot + 1);
    }

    /** Bits of the hash: as many as the index has places say where a key is looked for first, the others are compared. */
    private static int mix(long hash) {
        return (int) (hash * 0xFF51AFD7ED558CCDL >>> 32);
    }
}
