package io.tidewatch.codecs.json;

import io.tidewatch.codecs.bytes.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A member's name, with what it leads to and the name that followed it last time. */
final class JsonName {
    /** The value of {@link #slot} for a name that leads to more than one slot, or to none. */
    static final int NO_SLOT = -1;

    private static final int WORDS_BYTES = 2 * Long.BYTES;

    final byte[] bytes;

    /** What the member's value leads to; {@code null} if nobody wants it. */
    final @Nullable JsonNode node;

    /** The only slot that wants the value, if nothing inside it is wanted; or {@link #NO_SLOT}. */
    final int slot;

    /** The name that is compared first behind this one. */
    JsonName follower;

    /** How long the member's value was the last time it was a string without escapes. */
    private int valueLength;

    /** The name in its quotes, and the colon: two words, which most names fit, of which the masks are compared. */
    private final long firstWord;

    private final long firstMask;
    private final long secondWord;
    private final long secondMask;

    /** What does not fit, in words as well. */
    private final byte[] rest;

    private final int length;

    JsonName(byte[] name, @Nullable JsonNode node) {
        this.bytes = name;
        this.node = node;
        this.slot = node != null && node.slots.length == 1 && node.inside.length == 0
                ? node.slots[0]
                : NO_SLOT;
        this.follower = this;
        this.length = name.length + 3;
        byte[] member = Arrays.copyOf(name, Math.max(length, WORDS_BYTES));
        System.arraycopy(name, 0, member, 1, name.length);
        Arrays.fill(member, length, member.length, (byte) 0);
        member[0] = '"';
        member[length - 2] = '"';
        member[length - 1] = ':';
        this.firstWord = Words.at(member, 0);
        this.firstMask = Words.mask(Math.min(length, Long.BYTES));
        this.secondWord = Words.at(member, Long.BYTES);
        this.secondMask = Words.mask(Math.max(0, Math.min(length - Long.BYTES, Long.BYTES)));
        this.rest = Arrays.copyOfRange(member, WORDS_BYTES, Math.max(length, WORDS_BYTES));
    }

    /** The index behind the colon if this name, in quotes, and a colon stand at {@code start}; otherwise -1. */
    int match(byte[] line, int start) {
        if (start + WORDS_BYTES > line.length) {
            return -1;
        }
        long differences = (Words.at(line, start) ^ firstWord) & firstMask
                | (Words.at(line, start + Long.BYTES) ^ secondWord) & secondMask;
        return differences == 0 && (length <= WORDS_BYTES || matchesRest(line, start + WORDS_BYTES))
                ? start + length
                : -1;
    }

    private boolean matchesRest(byte[] line, int start) {
        int end = start + rest.length;
        return end <= line.length && Arrays.equals(line, start, end, rest, 0, rest.length);
    }

    /**
     * As {@link JsonText#plainEnd}, for a value of this member. Where the last one ended is tried first: values of many
     * members are all of one length, and a guess needs not wait for the end of one word to look at the next.
     */
    int plainValueEnd(byte[] line, int start) {
        int guess = start + valueLength;
        if (guess + Long.BYTES <= line.length
                && line[guess] == '"'
                && isPlain(line, start, guess)) {
            return guess;
        }
        int end = JsonText.plainEnd(line, start);
        valueLength = end - start;
        return end;
    }

    /** Whether the byte at {@code end} is the first from {@code start} on at which a plain string stops. */
    private static boolean isPlain(byte[] line, int start, int end) {
        int at = start;
        long stops = 0;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            stops |= Words.stops(Words.at(line, at));
        }
        long last = Words.stops(Words.at(line, at));
        return stops == 0 && Long.numberOfTrailingZeros(last) >>> 3 == end - at;
    }
}
