package io.tidewatch.codecs.json;

import io.tidewatch.codecs.bytes.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A member's name, with what it leads to, and what followed it last time: the next member's name and its <em>lead</em>, which
 * are the bytes between the two values. A lead is a comma, a name in quotes, a colon, and the spaces that the producer likes
 * to put between them. Behind a value of this member the same bytes mean the same again.
 */
final class JsonName {
    /** The value of {@link #slot} if nobody wants the member's value. */
    static final int UNWANTED = -1;

    /** The value of {@link #slot} if several slots want the value, or something inside it is wanted. */
    static final int SEVERAL = -2;

    private static final int WORDS_BYTES = 2 * Long.BYTES;
    private static final int LEAD_MAX = 80;

    final byte[] bytes;

    /** What the member's value leads to; {@code null} if nobody wants it. */
    final @Nullable JsonNode node;

    /** The only slot that wants the value, if nothing inside it is wanted; or {@link #UNWANTED} or {@link #SEVERAL}. */
    final int slot;

    private JsonName follower;

    /** The lead's first two words, which most leads fit, with zeros behind it. At first, what equals no word. */
    private long firstWord = 1;

    private long firstMask;
    private long secondWord;
    private long secondMask;
    private int leadLength;

    /** The lead, if it does not fit the words. */
    private byte[] lead = {};

    JsonName(byte[] name, @Nullable JsonNode node) {
        this.bytes = name;
        this.node = node;
        this.slot = node == null
                ? UNWANTED
                : node.slots.length == 1 && node.inside.length == 0 ? node.slots[0] : SEVERAL;
        this.follower = this;
    }

    /** The name that followed this one last time. */
    JsonName follower() {
        return follower;
    }

    /** The index of the follower's value, or of spaces before it, if its lead stands at {@code start}; otherwise -1. */
    int followerValue(byte[] line, int start) {
        if (start + WORDS_BYTES > line.length) {
            return -1;
        }
        long differences = Words.at(line, start) & firstMask ^ firstWord
                | Words.at(line, start + Long.BYTES) & secondMask ^ secondWord;
        return differences == 0 && (leadLength <= WORDS_BYTES || isLead(line, start))
                ? start + leadLength
                : -1;
    }

    private boolean isLead(byte[] line, int start) {
        int end = start + leadLength;
        return end <= line.length && Arrays.equals(line, start, end, lead, 0, leadLength);
    }

    /** The next name is {@code name} from now on, with the lead {@code line[start, end)} unless that is too long. */
    void followedBy(JsonName name, byte[] line, int start, int end) {
        follower = name;
        leadLength = end - start;
        if (leadLength > LEAD_MAX) {
            firstWord = 1;
            firstMask = 0;
            return;
        }
        int first = Math.min(leadLength, Long.BYTES);
        int second = Math.min(leadLength - first, Long.BYTES);
        firstMask = Words.mask(first);
        secondMask = Words.mask(second);
        firstWord = Words.at(line, start, first);
        secondWord = Words.at(line, start + first, second);
        if (leadLength > WORDS_BYTES) {
            lead = lead.length == 0 ? new byte[LEAD_MAX] : lead;
            System.arraycopy(line, start, lead, 0, leadLength);
        }
    }
}
