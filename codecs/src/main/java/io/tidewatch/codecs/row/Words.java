package io.tidewatch.codecs.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, the first one lowest. */
public final class Words {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Words() {}

    public static long at(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** The first {@code count} bytes, 0 to 8, above them zeros; wherever the array ends. */
    public static long at(byte[] bytes, int at, int count) {
        if (at + Long.BYTES <= bytes.length) {
            return at(bytes, at) & mask(count);
        }
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[at + i] & 0xFFL) << (8 * i);
        }
        return word;
    }

    /** Ones in the first {@code count} bytes, 0 to 8. */
    public static long mask(int count) {
        return count == 0 ? 0 : -1L >>> (Long.SIZE - 8 * count);
    }

    /**
     * Not zero if one of the bytes is a quote, a backslash, a control character or not ASCII; its lowest bit that is set is
     * the high bit of the first such byte. (Bits above it may be set without reason: a subtraction borrows from the next
     * byte, but only at a byte that is itself found.)
     */
    public static long stops(long word) {
        long quotes = (word ^ (ONES * '"')) - ONES;
        long backslashes = (word ^ (ONES * '\\')) - ONES;
        long controls = word - ONES * ' ';
        return (quotes | backslashes | controls | word) & HIGHS;
    }
}
