package io.tidewatch.codecs.row;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Arrays of columns that nobody reads any more, to be used again. Released by one thread while another decodes. */
final class SpareArrays {
    /** Of each kind; what is released beyond that is left to the garbage collector. */
    private static final int COUNT_MAX = 64;

    private final Kind<long[]> longs = new Kind<>(long[]::new, array -> array.length);
    private final Kind<double[]> doubles = new Kind<>(double[]::new, array -> array.length);
    private final Kind<int[]> ints = new Kind<>(int[]::new, array -> array.length);
    private final Kind<boolean[]> booleans = new Kind<>(boolean[]::new, array -> array.length);

    /** An array of at least that length, with anything in it. */
    long[] longs(int capacity) {
        return longs.take(capacity);
    }

    /** As {@link #longs}. */
    double[] doubles(int capacity) {
        return doubles.take(capacity);
    }

    /** As {@link #longs}. */
    int[] ints(int capacity) {
        return ints.take(capacity);
    }

    /** As {@link #longs}. */
    boolean[] booleans(int capacity) {
        return booleans.take(capacity);
    }

    /** An array of at least that length, all false. */
    boolean[] nulls(int capacity) {
        boolean[] nulls = booleans.take(capacity);
        Arrays.fill(nulls, false);
        return nulls;
    }

    void release(long[] array) {
        longs.release(array);
    }

    void release(double[] array) {
        doubles.release(array);
    }

    void release(int[] array) {
        ints.release(array);
    }

    void release(boolean @Nullable [] array) {
        if (array != null) {
            booleans.release(array);
        }
    }

    private static final class Kind<T> {
        private final Deque<T> spare = new ArrayDeque<>();
        private final IntFunction<T> maker;
        private final ToIntFunction<T> length;

        Kind(IntFunction<T> maker, ToIntFunction<T> length) {
            this.maker = maker;
            this.length = length;
        }

        synchronized T take(int capacity) {
            T array = spare.poll();
            // Shorter ones are let go: in the end all are as long as they have to be.
            while (array != null && length.applyAsInt(array) < capacity) {
                array = spare.poll();
            }
            return array == null ? maker.apply(capacity) : array;
        }

        synchronized void release(T array) {
            if (spare.size() < COUNT_MAX) {
                spare.push(array);
            }
        }
    }
}
