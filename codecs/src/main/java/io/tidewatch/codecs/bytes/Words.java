package io.tidewatch.codecs.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, the first one lowest. */
public final class Words {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long UPPER_HALVES = 0xF0F0F0F0F0F0F0F0L;

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

    /** Eight times the same byte. */
    public static long eight(byte b) {
        return ONES * (b & 0xFF);
    }

    /**
     * Passes over bytes eight at a time, up to the first at or after {@code start} that is one of two ASCII bytes or not ASCII;
     * or less far, where fewer than eight are left in the array.
     *
     * @param first {@link #eight} of the one
     * @param second {@link #eight} of the other
     */
    public static int pass(byte[] bytes, int start, long first, long second) {
        int at = start;
        for (int end = bytes.length - Long.BYTES; at <= end; at += Long.BYTES) {
            // A byte that is equal becomes 0, and then -1: the first high bit is its own, or that
            // of a byte beyond ASCII. Bits above it may be set without reason, since a subtraction
            // borrows from the next byte.
            long word = at(bytes, at);
            long found = ((word ^ first) - ONES | (word ^ second) - ONES | word) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        return at;
    }

    /** Whether all bytes are ASCII digits. */
    public static boolean areDigits(long word) {
        // A digit has 3 in its upper half, and still has it when 6 is added.
        return (word & UPPER_HALVES) == ONES * 0x30
                && (word + ONES * 6 & UPPER_HALVES) == ONES * 0x30;
    }

    /** The first {@code count} bytes, 1 to 8, behind as many zeros in ASCII as make it eight bytes. */
    public static long padded(long word, int count) {
        return word << Byte.SIZE * (Long.BYTES - count) | ONES * '0' & mask(Long.BYTES - count);
    }

    /** The number that eight digits write, of which the first is lowest. */
    public static long digits(long word) {
        // Pairs of digits, then pairs of pairs, then both halves.
        long pairs = (word & ONES * 0x0F) * (10 * 256 + 1) >>> 8;
        long fours = (pairs & 0x00FF00FF00FF00FFL) * (100 * 65_536 + 1) >>> 16;
        return (fours & 0x0000FFFF0000FFFFL) * (10_000L * (1L << 32) + 1) >>> 32;
    }

    /** The high bits of the eight bytes, which are all that is set, as the lowest eight bits. */
    public static long highBits(long word) {
        return word * 0x0002040810204081L >>> 56;
    }

    /** The high bits of bytes that are a quote, a backslash, a control character or not ASCII. */
    public static long stops(long word) {
        // Sums of seven bits carry into the byte's own high bit only.
        long sevenBits = word & ~HIGHS;
        // What is at least 0x21 when its second bit is turned: all but the controls and the quote,
        // 0x22.
        long others = (sevenBits ^ ONES * 2) + ONES * (0x80 - 0x21);
        long othersThanBackslashes = (sevenBits ^ ONES * '\\') + ONES * 0x7F;
        return (~(others & othersThanBackslashes) | word) & HIGHS;
    }
}
