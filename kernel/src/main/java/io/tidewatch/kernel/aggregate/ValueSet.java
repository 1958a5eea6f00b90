package io.tidewatch.kernel.aggregate;

import java.util.Arrays;

/**
 * A set of byte strings in the order in which they were added. All bytes stand behind one another in one array; a table with
 * open addressing and linear probing finds them by hash.
 */
final class ValueSet {
    private static final int TABLE_MIN = 8;

    /** Entry number + 1, or 0 for free. Its length is a power of two, and at most three quarters are used. */
    private int[] table = new int[TABLE_MIN];

    private long[] hashes = new long[TABLE_MIN / 2];
    private int[] ends = new int[TABLE_MIN / 2];
    private byte[] bytes = new byte[TABLE_MIN * TABLE_MIN];
    private int size;

    int size() {
        return size;
    }

    /** Adds a copy of {@code source[start .. start + length)}, whose hash is given, if it is new. */
    void add(byte[] source, int start, int length, long hash) {
        int mask = table.length - 1;
        int place = (int) hash & mask;
        while (table[place] != 0) {
            int entry = table[place] - 1;
            if (hashes[entry] == hash && isEqual(entry, source, start, length)) {
                return;
            }
            place = (place + 1) & mask;
        }
        append(source, start, length, hash);
        table[place] = size;
        if (4 * size > 3 * table.length) {
            growTable();
        }
    }

    void addAll(ValueSet other) {
        for (int i = 0; i < other.size; i++) {
            add(other.bytes, other.start(i), other.length(i), other.hashes[i]);
        }
    }

    long hash(int entry) {
        return hashes[entry];
    }

    /** The array that {@link #start} and {@link #length} point into. */
    byte[] array() {
        return bytes;
    }

    int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    int length(int entry) {
        return ends[entry] - start(entry);
    }

    private boolean isEqual(int entry, byte[] source, int start, int length) {
        return Arrays.equals(bytes, start(entry), ends[entry], source, start, start + length);
    }

    private void append(byte[] source, int start, int length, long hash) {
        if (size == ends.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        int from = size == 0 ? 0 : ends[size - 1];
        int to = Math.addExact(from, length);
        if (to > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(to, 2 * bytes.length));
        }
        System.arraycopy(source, start, bytes, from, length);
        hashes[size] = hash;
        ends[size] = to;
        size++;
    }

    private void growTable() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int place = (int) hashes[entry] & mask;
            while (table[place] != 0) {
                place = (place + 1) & mask;
            }
            table[place] = entry + 1;
        }
    }

    long retainedBytes() {
        return 96
                + (long) Integer.BYTES * (table.length + ends.length)
                + (long) Long.BYTES * hashes.length
                + bytes.length;
    }
}
