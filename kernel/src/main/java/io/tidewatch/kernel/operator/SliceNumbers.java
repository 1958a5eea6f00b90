package io.tidewatch.kernel.operator;

import java.util.Arrays;

/**
 * Remembers the numbers of strings of a reference table by where they lie: they come again and again as the same slice of the
 * same array, and then neither their hash nor their bytes have to be looked at. What it remembers changes only the speed.
 */
final class SliceNumbers {
    private static final int SIZE = 1 << 10;
    private static final int SHIFT = Integer.SIZE - 10;
    private static final int FACTOR = 0x9E3779B1;

    /** Per place start, length and number of a slice. */
    private final int[] entries = new int[3 * SIZE];

    private byte[] bytes = {};

    SliceNumbers() {
        clear();
    }

    /**
     * The number of a slice, or −1 if it is not remembered.
     *
     * @param array whose bytes never change
     */
    int find(byte[] array, int start, int length) {
        if (bytes != array) {
            bytes = array;
            clear();
        }
        int place = place(start);
        return entries[place] == start && entries[place + 1] == length ? entries[place + 2] : -1;
    }

    /** Remembers the slice of the array that was last looked in. */
    void remember(int start, int length, int number) {
        int place = place(start);
        entries[place] = start;
        entries[place + 1] = length;
        entries[place + 2] = number;
    }

    /** Forgets all numbers. */
    void clear() {
        Arrays.fill(entries, -1);
    }

    private static int place(int start) {
        return 3 * (start * FACTOR >>> SHIFT);
    }
}
