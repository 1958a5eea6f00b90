package io.tidewatch.codecs.json;

import io.tidewatch.codecs.bytes.Words;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Where strings can stop: a bit for each byte of a part of the input, set for quotes, backslashes, control characters and
 * bytes beyond ASCII. They are found for a part before its lines are scanned, in a loop that the compiler turns into vectors;
 * then the end of a string is found without a branch that depends on its length. After Langdale and Lemire, "Parsing gigabytes
 * of JSON per second", 2019.
 */
final class JsonStops {
    /** How much fits the first cache and is not waited for long. */
    static final int PART_BYTES = 1 << 12;

    /** A line that starts in the last bytes of a part begins another one, so that most lines are in one. */
    private static final int RESERVED_BYTES = PART_BYTES / 8;

    private byte[] bytes = {};
    private LongBuffer words = LongBuffer.allocate(0);
    private int whole;

    /** The part's words, and then of each the bits of its bytes. */
    private final long[] part = new long[PART_BYTES / Long.BYTES];

    /** The bits, and behind them a word of zeros. */
    private final byte[] bits = new byte[PART_BYTES / Byte.SIZE + Long.BYTES];

    private int partStart;
    private int partLength;
    private int linesEnd;

    /** Begins with bytes of which those before {@code newWhole} are whole lines. */
    void begin(byte[] newBytes, int newWhole) {
        if (bytes != newBytes) {
            bytes = newBytes;
            words = ByteBuffer.wrap(newBytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        }
        whole = newWhole;
        partLength = 0;
        linesEnd = 0;
    }

    /** To be called with the start of each line, for speed. */
    void beginLine(int start) {
        if (start >= linesEnd) {
            beginPart(start);
        }
    }

    /** The first byte at or after {@code start}, which is in a whole line, at which a string can stop. */
    int next(int start) {
        int bit = start - partStart;
        if (bit >= 0 && bit < partLength) {
            long ahead = ahead(bit);
            if (ahead != 0) {
                return start + Long.numberOfTrailingZeros(ahead);
            }
        }
        return farNext(start);
    }

    /** The bits from one on, 57 at least, and above them zeros. */
    private long ahead(int bit) {
        return Words.at(bits, bit >>> 3) >>> (bit & 7);
    }

    /** As {@link #next}; looks further than a word. */
    private int farNext(int start) {
        int at = start;
        while (true) {
            if (at < partStart || at >= partStart + partLength) {
                beginPart(at);
            }
            int bit = at - partStart;
            long ahead = ahead(bit);
            if (ahead != 0) {
                return at + Long.numberOfTrailingZeros(ahead);
            }
            at = partStart + Math.min((bit & ~7) + Long.SIZE, partLength);
        }
    }

    private void beginPart(int start) {
        int firstWord = start >>> 3;
        int count = Math.min(part.length, (whole + Long.BYTES - 1 >>> 3) - firstWord);
        int complete = Math.min(count, words.limit() - firstWord);
        words.get(firstWord, part, 0, complete);
        if (complete < count) {
            int last = (firstWord + complete) * Long.BYTES;
            part[complete] = Words.at(bytes, last, bytes.length - last);
        }
        findStops(part, count);
        for (int word = 0; word < count; word++) {
            bits[word] = (byte) part[word];
        }
        Arrays.fill(bits, count, count + Long.BYTES, (byte) 0);
        partStart = firstWord * Long.BYTES;
        partLength = count * Long.BYTES;
        int partEnd = partStart + partLength;
        linesEnd = partEnd >= whole ? whole : partEnd - RESERVED_BYTES;
    }

    /** In a method of its own, which holds nothing that keeps the compiler from vectors. */
    private static void findStops(long[] words, int count) {
        for (int i = 0; i < count; i++) {
            words[i] = Words.highBits(Words.stops(words[i]));
        }
    }
}
