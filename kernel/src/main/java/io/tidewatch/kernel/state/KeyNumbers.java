package io.tidewatch.kernel.state;

import io.tidewatch.kernel.batch.IndexSort;
import java.util.Arrays;

/**
 * The numbers of the keys of many units whose keys are mostly the same, so that each unit keeps a number per key instead of
 * its bytes, and what is kept by number need not be hashed again.
 *
 * <p>Who holds a key counts. When more numbers are unused than used, {@link #compact} gives new ones.
 */
public final class KeyNumbers {
    /** So few unused numbers are never worth their removal. */
    private static final int UNUSED_MIN = 1_024;

    private KeyTable keys = new KeyTable();
    private int[] holders = new int[0];
    private int used;
    /** How many keys the last unit had that was trimmed: the next may have as many. */
    private int usualSize;

    private int[] inOrder = {};

    /** The keys by number; until the next {@link #compact}. */
    public KeyTable keys() {
        return keys;
    }

    /** All numbers, in the order of the bytes of their keys, which the caller must not change. */
    public int[] inOrder() {
        int known = inOrder.length;
        if (known < keys.size()) {
            int[] added = new int[keys.size() - known];
            Arrays.setAll(added, i -> known + i);
            IndexSort.sort(added, keys::compareBytes);
            int[] merged = new int[keys.size()];
            int old = 0;
            int next = 0;
            for (int i = 0; i < merged.length; i++) {
                boolean takesOld = next == added.length
                        || old < known && keys.compareBytes(inOrder[old], added[next]) < 0;
                merged[i] = takesOld ? inOrder[old++] : added[next++];
            }
            inOrder = merged;
        }
        return inOrder;
    }

    /** One more than the greatest number. */
    public int size() {
        return keys.size();
    }

    /** Whether more numbers are unused than used. */
    public boolean isWasteful() {
        return keys.size() - used > Math.max(used, UNUSED_MIN);
    }

    /**
     * Gives the keys that somebody holds new numbers, in the order of the old ones.
     *
     * @return the new number by the old; those who hold numbers have to {@linkplain NumberedKeys#renumber change} them
     */
    public int[] compact() {
        KeyTable old = keys;
        int[] oldHolders = holders;
        keys = new KeyTable();
        inOrder = new int[0];
        holders = new int[used];
        int[] numbers = new int[old.size()];
        for (int number = 0; number < numbers.length; number++) {
            if (oldHolders[number] > 0) {
                numbers[number] = keys.slotOf(
                        old.keyBytes(),
                        old.keyStart(number),
                        old.keyLength(number),
                        old.hash(number));
                holders[numbers[number]] = oldHolders[number];
            }
        }
        return numbers;
    }

    public long retainedBytes() {
        return keys.retainedBytes() + (long) Integer.BYTES * (holders.length + inOrder.length);
    }

    /** The number of a key, which gets one if it has none; {@link #hold} keeps it. */
    int numberOf(byte[] key, int start, int length, long hash) {
        int number = keys.slotOf(key, start, length, hash);
        ensureHolders();
        return number;
    }

    /** The numbers of all keys, as slots; likewise. */
    void numberAll(KeySlices wanted) {
        keys.findAll(wanted);
        ensureHolders();
    }

    private void ensureHolders() {
        if (keys.size() > holders.length) {
            holders = Arrays.copyOf(holders, Math.max(16, 2 * keys.size()));
        }
    }

    int usualSize() {
        return usualSize;
    }

    void usualSize(int size) {
        usualSize = size;
    }

    void hold(int number) {
        used += holders[number]++ == 0 ? 1 : 0;
    }

    void release(int number) {
        used -= --holders[number] == 0 ? 1 : 0;
    }
}
