package io.tidewatch.kernel.state;

import java.util.Arrays;

/**
 * Gives every pair of numbers a slot: 0, 1, 2, … in the order of their first appearance. {@link #clear} empties the table and
 * keeps its memory.
 */
public final class PairTable {
    /*
     * Open addressing with linear probing over slot numbers plus one, at most half full. Numbers that follow one another,
     * as those of keys do, are spread evenly by the multiplications.
     */
    private static final int CAPACITY_MIN = 16;
    private static final int FIRST_FACTOR = 0x9E3779B1;
    private static final int SECOND_FACTOR = 0x85EBCA77;

    private int[] index = new int[2 * CAPACITY_MIN];
    private int shift = Integer.numberOfLeadingZeros(2 * CAPACITY_MIN) + 1;
    private int[] firsts = new int[CAPACITY_MIN];
    private int[] seconds = new int[CAPACITY_MIN];
    private int size;

    /** How many slots are taken. */
    public int size() {
        return size;
    }

    /** The slot of a pair, which is added if it is new. */
    public int slotOf(int first, int second) {
        int place = place(first, second);
        while (index[place] != 0) {
            int slot = index[place] - 1;
            if (firsts[slot] == first && seconds[slot] == second) {
                return slot;
            }
            place = (place + 1) & (index.length - 1);
        }
        return add(first, second, place);
    }

    public int first(int slot) {
        return firsts[slot];
    }

    public int second(int slot) {
        return seconds[slot];
    }

    public void clear() {
        if (size > 0) {
            Arrays.fill(index, 0);
            size = 0;
        }
    }

    private int add(int first, int second, int place) {
        if (size == firsts.length) {
            grow();
            return slotOf(first, second);
        }
        firsts[size] = first;
        seconds[size] = second;
        index[place] = ++size;
        return size - 1;
    }

    private void grow() {
        firsts = Arrays.copyOf(firsts, 2 * size);
        seconds = Arrays.copyOf(seconds, 2 * size);
        index = new int[4 * size];
        shift--;
        for (int slot = 0; slot < size; slot++) {
            int place = place(firsts[slot], seconds[slot]);
            while (index[place] != 0) {
                place = (place + 1) & (index.length - 1);
            }
            index[place] = slot + 1;
        }
    }

    private int place(int first, int second) {
        return (first * FIRST_FACTOR + second * SECOND_FACTOR) >>> shift;
    }
}
