package io.tidewatch.kernel.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Compares parts of arrays of bytes. */
public final class Slices {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** From so many bytes on, the comparison of the class library is faster. */
    private static final int LONG_SLICE = 64;

    private Slices() {}

    /** Whether {@code left[leftStart .. leftStart + length)} and as many bytes of {@code right} are equal. */
    public static boolean equal(
            byte[] left, int leftStart, byte[] right, int rightStart, int length) {
        if (length >= LONG_SLICE) {
            return Arrays.equals(
                    left, leftStart, leftStart + length, right, rightStart, rightStart + length);
        }
        if (length < Long.BYTES) {
            return equalBytes(left, leftStart, right, rightStart, length);
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if ((long) LONG.get(left, leftStart + i) != (long) LONG.get(right, rightStart + i)) {
                return false;
            }
        }
        // The last word, of which the one before it may have had a part.
        return (long) LONG.get(left, leftStart + last) == (long) LONG.get(right, rightStart + last);
    }

    private static boolean equalBytes(
            byte[] left, int leftStart, byte[] right, int rightStart, int length) {
        for (int i = 0; i < length; i++) {
            if (left[leftStart + i] != right[rightStart + i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first eight bytes of {@code bytes[start .. start + length)} as a number whose unsigned order is theirs; what is
     * shorter is filled up with zeros.
     */
    public static long prefix(byte[] bytes, int start, int length) {
        if (length >= Long.BYTES) {
            return (long) BIG_ENDIAN_LONG.get(bytes, start);
        }
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (bytes[start + i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i + 1));
        }
        return prefix;
    }
}
