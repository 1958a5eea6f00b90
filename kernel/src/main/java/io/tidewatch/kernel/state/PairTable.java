package io.tidewatch.kernel.state;

import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;

/**
 * Gives every pair of numbers, from 0 up, a slot: 0, 1, 2, … in the order of their first appearance. {@link #clear} empties the
 * table and keeps its memory.
 */
public final class PairTable {
    /*
     * Numbers of keys and of units follow one another from 0, so that pairs of small ones have their places in arrays, one
     * for each second number. The others are hashed: open addressing with linear probing, at most half full, where numbers
     * that follow one another are spread evenly by the multiplication.
     */
    private static final int CAPACITY_MIN = 16;
    private static final int PLACED_FIRSTS = 1 << 14;
    private static final int PLACED_SECONDS = 8;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    /** Per slot its pair. */
    private long[] pairs = new long[CAPACITY_MIN];

    private int size;
    /** Per second and first number its slot plus one; 0 is free. */
    private final int[][] placed = new int[PLACED_SECONDS][0];

    /** The slots of the other pairs, plus one. */
    private int[] index = new int[2 * CAPACITY_MIN];

    private int hashed;

    /** How many slots are taken. */
    public int size() {
        return size;
    }

    /** The slot of a pair, which is added if it is new. */
    public int slotOf(int first, int second) {
        if (first < PLACED_FIRSTS && second < PLACED_SECONDS) {
            int[] slots = placed(second, first);
            if (slots[first] == 0) {
                slots[first] = add(first, second);
            }
            return slots[first] - 1;
        }
        int place = place(pair(first, second));
        if (index[place] == 0) {
            if (2 * (hashed + 1) > index.length) {
                grow();
                place = place(pair(first, second));
            }
            hashed++;
            index[place] = add(first, second);
        }
        return index[place] - 1;
    }

    /**
     * The slots of the pairs of a number per selected row with one number.
     *
     * @param firsts per row
     * @param slots per row, written to
     */
    public void slotsOf(int[] firsts, int second, Selection selection, int[] slots) {
        int[] known = second < PLACED_SECONDS ? placed[second] : new int[0];
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            int first = firsts[row];
            int slot = first < known.length ? known[first] - 1 : -1;
            if (slot < 0) {
                slot = slotOf(first, second);
                known = second < PLACED_SECONDS ? placed[second] : known;
            }
            slots[row] = slot;
        }
    }

    public int first(int slot) {
        return (int) (pairs[slot] >>> Integer.SIZE);
    }

    public int second(int slot) {
        return (int) pairs[slot];
    }

    public void clear() {
        if (hashed > 0) {
            Arrays.fill(index, 0);
            hashed = 0;
        }
        for (int slot = 0; slot < size; slot++) {
            int second = second(slot);
            if (second < PLACED_SECONDS && first(slot) < PLACED_FIRSTS) {
                placed[second][first(slot)] = 0;
            }
        }
        size = 0;
    }

    /** Where the slots of a second number are, with a place for a first one. */
    private int[] placed(int second, int first) {
        int[] slots = placed[second];
        if (first >= slots.length) {
            int length = Math.max(CAPACITY_MIN, 2 * Integer.highestOneBit(first));
            slots = Arrays.copyOf(slots, length);
            placed[second] = slots;
        }
        return slots;
    }

    /** The new slot plus one. */
    private int add(int first, int second) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * size);
        }
        pairs[size] = pair(first, second);
        return ++size;
    }

    private void grow() {
        int[] old = index;
        index = new int[2 * old.length];
        for (int slot : old) {
            if (slot != 0) {
                index[place(pairs[slot - 1])] = slot;
            }
        }
    }

    /** Where in the index a pair is, or where it would be put. */
    private int place(long pair) {
        int mask = index.length - 1;
        int place = (int) (pair * FACTOR >>> Integer.SIZE) & mask;
        while (index[place] != 0 && pairs[index[place] - 1] != pair) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static long pair(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }
}
