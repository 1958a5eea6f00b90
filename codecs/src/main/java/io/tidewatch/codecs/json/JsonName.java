package io.tidewatch.codecs.json;

import io.tidewatch.codecs.row.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A member's name, with what it leads to and the name that followed it last time. */
final class JsonName {
    /** The value of {@link #slot} for a name that leads to more than one slot, or to none. */
    static final int NO_SLOT = -1;

    final byte[] bytes;

    /** What the member's value leads to; {@code null} if nobody wants it. */
    final @Nullable JsonNode node;

    /** The only slot that wants the value, if nothing inside it is wanted; or {@link #NO_SLOT}. */
    final int slot;

    /** The name that is compared first behind this one. */
    JsonName follower;

    /** The name in its quotes, and the colon; the last of the words is masked. */
    private final long[] words;

    private final long lastMask;
    private final int length;

    JsonName(byte[] name, @Nullable JsonNode node) {
        this.bytes = name;
        this.node = node;
        this.slot = node != null && node.slots.length == 1 && node.inside.length == 0
                ? node.slots[0]
                : NO_SLOT;
        this.follower = this;
        this.length = name.length + 3;
        byte[] member = Arrays.copyOf(name, (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        System.arraycopy(name, 0, member, 1, name.length);
        member[0] = '"';
        member[length - 2] = '"';
        member[length - 1] = ':';
        this.words = new long[member.length / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = Words.at(member, Long.BYTES * i);
        }
        this.lastMask = Words.mask(length - Long.BYTES * (words.length - 1));
    }

    /** The index behind the colon if this name, in quotes, and a colon stand at {@code start}; otherwise -1. */
    int match(byte[] line, int start) {
        int last = words.length - 1;
        int lastAt = start + Long.BYTES * last;
        if (lastAt + Long.BYTES > line.length) {
            return -1;
        }
        for (int i = 0; i < last; i++) {
            if (Words.at(line, start + Long.BYTES * i) != words[i]) {
                return -1;
            }
        }
        boolean matches = ((Words.at(line, lastAt) ^ words[last]) & lastMask) == 0;
        return matches ? start + length : -1;
    }
}
