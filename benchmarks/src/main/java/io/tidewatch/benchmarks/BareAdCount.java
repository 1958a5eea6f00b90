package io.tidewatch.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The least that has to be done, as a loop for this one question: passes from quote to quote eight bytes at a time, trusts
 * what stands between them, and counts the views per campaign and ten seconds. It checks nothing, knows the form of the
 * lines, has no late events, and works for one set of advertisements.
 */
final class BareAdCount {
    static final int WINDOW_MILLIS = 10_000;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final int SLOTS = 4_096;

    private final byte[][] ids = new byte[SLOTS][];
    private final int[] campaigns = new int[SLOTS];
    private final long firstWindow;
    private final long[] counts;

    /** A count over {@code windows} windows from {@code start} on. */
    BareAdCount(AdEvents events, long start, int windows) {
        firstWindow = start / WINDOW_MILLIS;
        counts = new long[windows * AdEvents.CAMPAIGNS];
        for (int ad = 0; ad < AdEvents.ADS; ad++) {
            byte[] id = events.ad(ad).getBytes(US_ASCII);
            int slot = slot(id, 0);
            while (ids[slot] != null) {
                slot = slot + 1 & SLOTS - 1;
            }
            ids[slot] = id;
            campaigns[slot] = ad / (AdEvents.ADS / AdEvents.CAMPAIGNS);
        }
    }

    /** Counts whole lines. */
    void count(byte[] bytes) {
        int last = bytes.length - 1;
        while (last > 0 && bytes[last - 1] != '\n') {
            last--;
        }
        int at = 0;
        while (at < last) {
            at = line(bytes, at);
        }
        // Its last word ends behind the array.
        line(Arrays.copyOfRange(bytes, last, bytes.length + Long.BYTES), 0);
    }

    long views(int window, int campaign) {
        return counts[window * AdEvents.CAMPAIGNS + campaign];
    }

    private int line(byte[] bytes, int start) {
        int at = start + 1;
        int ad = 0;
        boolean isView = false;
        long time = 0;
        while (true) {
            int name = at + 1;
            int nameEnd = quote(bytes, name);
            int value = nameEnd + 3;
            int valueEnd = quote(bytes, value);
            switch (nameEnd - name) {
                case 5 -> ad = value;
                case 10 -> {
                    if (bytes[name + 6] == 't' && bytes[name + 7] == 'y') {
                        isView = bytes[value] == 'v';
                    } else if (bytes[name + 6] == 't') {
                        time = number(bytes, value, valueEnd);
                    }
                }
                default -> {}
            }
            at = valueEnd + 2;
            if (bytes[valueEnd + 1] == '}') {
                break;
            }
        }
        if (isView) {
            int window = (int) (time / WINDOW_MILLIS - firstWindow);
            counts[window * AdEvents.CAMPAIGNS + campaign(bytes, ad)]++;
        }
        return at + 1;
    }

    private int campaign(byte[] bytes, int id) {
        int slot = slot(bytes, id);
        while (!Arrays.equals(ids[slot], 0, 36, bytes, id, id + 36)) {
            slot = slot + 1 & SLOTS - 1;
        }
        return campaigns[slot];
    }

    private static int slot(byte[] bytes, int start) {
        long hash = ((long) LONG.get(bytes, start) ^ (long) LONG.get(bytes, start + 14))
                * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 52);
    }

    private static int quote(byte[] bytes, int start) {
        int at = start;
        while (true) {
            long differences = (long) LONG.get(bytes, at) ^ QUOTES;
            long found = (differences - ONES) & ~differences & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += 8;
        }
    }

    private static long number(byte[] bytes, int start, int end) {
        long number = 0;
        for (int at = start; at < end; at++) {
            number = 10 * number + bytes[at] - '0';
        }
        return number;
    }
}
