package io.tidewatch.kernel.state;

import java.util.Arrays;

/** The keys of one unit, by their {@link KeyNumbers}. */
public final class NumberedKeys implements KeySlots {
    /*
     * Slots are found by number with open addressing and linear probing over slots plus one, at most half full. The index can
     * be dropped while no key is looked up; it is made again when one is.
     */
    private static final int CAPACITY_MIN = 16;
    private static final int FACTOR = 0x9E3779B1;
    private static final int[] NONE = {};

    private final KeyNumbers shared;
    private int[] numbers = new int[CAPACITY_MIN];
    private int size;
    private int[] index = NONE;

    public NumberedKeys(KeyNumbers shared) {
        this.shared = shared;
    }

    /** The numbers by slot, {@link #size} of them; not to be written to. */
    public int[] numbers() {
        return numbers;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int slotOf(byte[] key, int start, int length, long hash) {
        return slotOf(shared.numberOf(key, start, length, hash));
    }

    @Override
    public void findAll(KeySlices wanted) {
        shared.numberAll(wanted);
        int[] slots = wanted.slots();
        for (int i = 0; i < wanted.size(); i++) {
            slots[i] = slotOf(slots[i]);
        }
    }

    private int slotOf(int number) {
        if (2 * size >= index.length) {
            buildIndex();
        }
        int place = placeOf(number);
        if (index[place] == 0) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            shared.hold(number);
            numbers[size] = number;
            index[place] = ++size;
        }
        return index[place] - 1;
    }

    @Override
    public int find(KeySlots of, int slot) {
        int number = shared.keys().find(of, slot);
        if (number < 0 || size == 0) {
            return -1;
        }
        if (index.length == 0) {
            buildIndex();
        }
        return index[placeOf(number)] - 1;
    }

    @Override
    public long hash(int slot) {
        return shared.keys().hash(numbers[slot]);
    }

    @Override
    public byte[] keyBytes() {
        return shared.keys().keyBytes();
    }

    @Override
    public int keyStart(int slot) {
        return shared.keys().keyStart(numbers[slot]);
    }

    @Override
    public int keyLength(int slot) {
        return shared.keys().keyLength(numbers[slot]);
    }

    @Override
    public int compare(int left, int right) {
        return shared.keys().compare(numbers[left], numbers[right]);
    }

    @Override
    public NumberedKeys newEmpty() {
        return new NumberedKeys(shared);
    }

    @Override
    public void release() {
        for (int slot = 0; slot < size; slot++) {
            shared.release(numbers[slot]);
        }
        size = 0;
        index = NONE;
    }

    @Override
    public void trim() {
        numbers = Arrays.copyOf(numbers, Math.max(1, size));
        index = NONE;
        shared.usualSize(size);
    }

    /** Changes the numbers as {@link KeyNumbers#compact} says. */
    public void renumber(int[] newNumbers) {
        for (int slot = 0; slot < size; slot++) {
            numbers[slot] = newNumbers[numbers[slot]];
        }
        index = NONE;
    }

    @Override
    public long retainedBytes() {
        return (long) Integer.BYTES * (numbers.length + index.length);
    }

    private int placeOf(int number) {
        int shift = Integer.numberOfLeadingZeros(index.length) + 1;
        int place = (number * FACTOR) >>> shift;
        while (index[place] != 0 && numbers[index[place] - 1] != number) {
            place = (place + 1) & (index.length - 1);
        }
        return place;
    }

    private void buildIndex() {
        int expected = Math.max(size, shared.usualSize());
        int capacity = Math.max(CAPACITY_MIN, Integer.highestOneBit(expected) << 1);
        index = new int[2 * capacity];
        for (int slot = 0; slot < size; slot++) {
            index[placeOf(numbers[slot])] = slot + 1;
        }
    }
}
