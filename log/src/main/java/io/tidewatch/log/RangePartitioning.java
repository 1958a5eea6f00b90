package io.tidewatch.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Partitions by ranges of keys: those below the first split point go to partition 0, those from it on and below the second to
 * partition 1, and so on. Keys are ordered as unsigned bytes, which for UTF-8 is the order of code points; {@link #key} gives
 * bytes for numbers in their order.
 */
public final class RangePartitioning {
    private final List<byte[]> splits = new ArrayList<>();

    /** @throws IllegalArgumentException if the split points do not rise */
    public RangePartitioning(List<byte[]> splits) {
        for (byte[] split : splits) {
            int last = this.splits.size() - 1;
            if (last >= 0 && Arrays.compareUnsigned(this.splits.get(last), split) >= 0) {
                throw new IllegalArgumentException(
                        "split point " + (last + 2) + " is not greater than the one before");
            }
            this.splits.add(split.clone());
        }
    }

    /** The bytes of a number, in the order of numbers: eight, greatest first, the sign turned. */
    public static byte[] key(long number) {
        byte[] bytes = new byte[Long.BYTES];
        long turned = number ^ Long.MIN_VALUE;
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (turned >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        return bytes;
    }

    /** How many partitions the split points make. */
    public int partitionCount() {
        return splits.size() + 1;
    }

    /** The partition of the key in {@code [start, start + length)}. */
    public int partition(byte[] key, int start, int length) {
        int low = 0;
        int high = splits.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            byte[] split = splits.get(middle);
            if (Arrays.compareUnsigned(key, start, start + length, split, 0, split.length) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
