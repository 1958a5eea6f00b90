package io.tidewatch.kernel.batch;

import java.util.function.IntBinaryOperator;

/** Sorts indices by what they stand for, without an object for each. */
public final class IndexSort {
    /** So many are sorted by insertion before they are merged. */
    private static final int BLOCK = 8;

    private IndexSort() {}

    /**
     * Sorts, keeping the order of what is equal.
     *
     * @param order compares what two indices stand for, as a comparator does
     */
    public static void sort(int[] indices, IntBinaryOperator order) {
        int size = indices.length;
        for (int start = 0; start < size; start += BLOCK) {
            insert(indices, start, Math.min(size, start + BLOCK), order);
        }
        int[] from = indices;
        int[] to = size > BLOCK ? new int[size] : indices;
        for (long width = BLOCK; width < size; width *= 2) {
            for (long start = 0; start < size; start += 2 * width) {
                int middle = (int) Math.min(size, start + width);
                merge(
                        from,
                        to,
                        (int) start,
                        middle,
                        (int) Math.min(size, start + 2 * width),
                        order);
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        if (from != indices) {
            System.arraycopy(from, 0, indices, 0, size);
        }
    }

    private static void insert(int[] indices, int start, int end, IntBinaryOperator order) {
        for (int i = start + 1; i < end; i++) {
            int index = indices[i];
            int place = i;
            while (place > start && order.applyAsInt(indices[place - 1], index) > 0) {
                indices[place] = indices[place - 1];
                place--;
            }
            indices[place] = index;
        }
    }

    private static void merge(
            int[] from, int[] to, int start, int middle, int end, IntBinaryOperator order) {
        if (middle >= end || order.applyAsInt(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int place = start; place < end; place++) {
            boolean takesLeft =
                    right == end || left < middle && order.applyAsInt(from[left], from[right]) <= 0;
            to[place] = takesLeft ? from[left++] : from[right++];
        }
    }
}
