package io.tidewatch.kernel.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A 64-bit hash of bytes that is the same in every process and version: XXH64 (seed 0), written from its specification
 * (Yann Collet, <i>xxHash fast digest algorithm</i>, version 0.1.1). It is not safe against people who choose keys to
 * collide; what must be unguessable needs a keyed hash.
 */
public final class Hash {
    /*
     * Bytes are taken as little-endian words. From 32 bytes on, four lanes take one word each per stripe of 32 bytes and
     * are then merged; what is left is mixed in by words of 8, then 4, then single bytes, and a final avalanche lets every
     * input bit reach every output bit.
     */
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE_BYTES = 32;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Hash() {}

    /** The hash of {@code bytes[start .. start + length)}. */
    public static long of(byte[] bytes, int start, int length) {
        return of(bytes, start, length, 0);
    }

    /**
     * A hash of bytes for tables that live as long as the process: fewer steps than {@link #of(byte[], int, int)} for short
     * strings, and not to be written anywhere.
     */
    public static long quick(byte[] bytes, int start, int length) {
        int end = start + length;
        long hash = length * PRIME_3;
        int i = start;
        for (; end - i >= Long.BYTES; i += Long.BYTES) {
            hash = (Long.rotateLeft(hash, 29) ^ (long) LONG.get(bytes, i)) * PRIME_1;
        }
        if (i < end) {
            hash = (Long.rotateLeft(hash, 29) ^ rest(bytes, start, i, end)) * PRIME_1;
        }
        return hash ^ hash >>> 32;
    }

    /** The up to seven bytes from {@code i} on, perhaps with some before them. */
    private static long rest(byte[] bytes, int start, int i, int end) {
        if (end - start >= Long.BYTES) {
            return (long) LONG.get(bytes, end - Long.BYTES);
        }
        long word = 0;
        for (int at = i; at < end; at++) {
            word = word << 8 | bytes[at] & 0xFF;
        }
        return word;
    }

    /** The hash of the eight bytes of {@code value}, least first. */
    public static long of(long value) {
        return avalanche(mixWord(PRIME_5 + Long.BYTES, value));
    }

    /** XXH64 with a seed, for hashes of the same bytes that must differ from one another. */
    public static long of(byte[] bytes, int start, int length, long seed) {
        Objects.checkFromIndexSize(start, length, bytes.length);
        int end = start + length;
        int position = start;
        long hash;
        if (length >= STRIPE_BYTES) {
            position = start + (length & -STRIPE_BYTES);
            hash = mergeStripes(bytes, start, position, seed);
        } else {
            hash = seed + PRIME_5;
        }
        return avalanche(mixTail(hash + length, bytes, position, end));
    }

    private static long mergeStripes(byte[] bytes, int start, int end, long seed) {
        long lane1 = seed + PRIME_1 + PRIME_2;
        long lane2 = seed + PRIME_2;
        long lane3 = seed;
        long lane4 = seed - PRIME_1;
        for (int i = start; i < end; i += STRIPE_BYTES) {
            lane1 = round(lane1, (long) LONG.get(bytes, i));
            lane2 = round(lane2, (long) LONG.get(bytes, i + 8));
            lane3 = round(lane3, (long) LONG.get(bytes, i + 16));
            lane4 = round(lane4, (long) LONG.get(bytes, i + 24));
        }
        long hash = Long.rotateLeft(lane1, 1)
                + Long.rotateLeft(lane2, 7)
                + Long.rotateLeft(lane3, 12)
                + Long.rotateLeft(lane4, 18);
        hash = mergeLane(hash, lane1);
        hash = mergeLane(hash, lane2);
        hash = mergeLane(hash, lane3);
        return mergeLane(hash, lane4);
    }

    private static long mixTail(long start, byte[] bytes, int from, int end) {
        long hash = start;
        int i = from;
        for (; end - i >= Long.BYTES; i += Long.BYTES) {
            hash = mixWord(hash, (long) LONG.get(bytes, i));
        }
        if (end - i >= Integer.BYTES) {
            hash ^= ((int) INT.get(bytes, i) & 0xFFFFFFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            i += Integer.BYTES;
        }
        for (; i < end; i++) {
            hash ^= (bytes[i] & 0xFF) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return hash;
    }

    private static long round(long lane, long word) {
        return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
    }

    private static long mergeLane(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long mixWord(long hash, long word) {
        return Long.rotateLeft(hash ^ round(0, word), 27) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long value) {
        long hash = value;
        hash ^= hash >>> 33;
        hash *= PRIME_2;
        hash ^= hash >>> 29;
        hash *= PRIME_3;
        hash ^= hash >>> 32;
        return hash;
    }
}
