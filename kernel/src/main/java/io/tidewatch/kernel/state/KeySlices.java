package io.tidewatch.kernel.state;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.Hash;
import java.util.Arrays;

/**
 * Keys that are looked for together: slices of one array with their hashes, and the slots that were {@linkplain
 * KeySlots#findAll found}. It is filled again and again, and keeps its memory.
 */
public final class KeySlices {
    private byte[] bytes = {};
    private int size;
    private int[] starts = {};
    private int[] lengths = {};
    private long[] hashes = {};
    private int[] slots = {};

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** Per key its slot, once they were found; the array may be longer. */
    public int[] slots() {
        return slots;
    }

    /** Empties it for slices of an array. */
    public void start(byte[] array) {
        bytes = array;
        size = 0;
    }

    public void add(int start, int length, long hash) {
        if (size == hashes.length) {
            int capacity = Math.max(16, 2 * size);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
            slots = Arrays.copyOf(slots, capacity);
        }
        starts[size] = start;
        lengths[size] = length;
        hashes[size++] = hash;
    }

    /** Hashes all keys as those are that {@link KeyGroups} divides. */
    public void hash() {
        for (int i = 0; i < size; i++) {
            hashes[i] = Hash.of(bytes, starts[i], lengths[i]);
        }
    }

    /** Empties it and reads keys as units write them: hash, length, bytes. */
    public void read(int count, ByteReader in) {
        start(in.array());
        for (int i = 0; i < count; i++) {
            long hash = in.readLong();
            int length = in.readCount();
            add(in.skip(length), length, hash);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int key) {
        return starts[key];
    }

    int length(int key) {
        return lengths[key];
    }

    long hash(int key) {
        return hashes[key];
    }
}
