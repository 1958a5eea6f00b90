package io.tidewatch.kernel.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Compares parts of arrays of bytes. */
public final class Slices {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) LONG.get(left, leftStart + i) != (long) LONG.get(right, rightStart + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (left[leftStart + i] != right[rightStart + i]) {
                return false;
            }
        }
        return true;
    }
}
