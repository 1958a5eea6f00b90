package io.tidewatch.codecs.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.bytes.Words;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of one object's members, each with the node it leads to, if it is wanted.
 *
 * <p>Records of a stream tend to have the same members in the same order. So for each name it is kept which one followed it
 * last time, with all that stood between the two values, and these bytes are compared first, before they are scanned. For this,
 * names that nobody wants are learned too, up to a limit. What is learned changes only the speed.
 */
final class JsonNames {
    private static final int LEARNED_MAX = 64;
    private static final int LEARNED_LENGTH_MAX = 48;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    private final @Nullable JsonName[] table;
    private final int shift;
    private final int countMax;
    private int count;

    /** Stands for names that are neither wanted nor learned. */
    private final JsonName unknown = new JsonName(new byte[0], null);

    /** Stands before the first name of an object: what follows it has no comma, unlike what follows {@link #unknown}. */
    private final JsonName beforeFirst = new JsonName(new byte[0], null);

    JsonNames(Map<String, JsonNode> wanted) {
        countMax = wanted.size() + LEARNED_MAX;
        int bits = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(countMax);
        table = new @Nullable JsonName[1 << bits];
        shift = Long.SIZE - bits;
        wanted.forEach((name, node) -> {
            byte[] bytes = name.getBytes(UTF_8);
            add(bytes, node, place(bytes, 0, bytes.length));
        });
    }

    JsonName beforeFirst() {
        return beforeFirst;
    }

    /** The name of {@code bytes[start, end)}, which is well-formed and has no escapes; it is learned if there is room. */
    JsonName findOrLearn(byte[] bytes, int start, int end) {
        int place = place(bytes, start, end);
        JsonName name = table[place];
        if (name != null) {
            return name;
        }
        boolean hasRoom = count < countMax && end - start <= LEARNED_LENGTH_MAX;
        return hasRoom ? add(Arrays.copyOfRange(bytes, start, end), null, place) : unknown;
    }

    /** The name of {@code bytes[start, end)}, whose escapes are decoded. */
    JsonName find(byte[] bytes, int start, int end) {
        JsonName name = table[place(bytes, start, end)];
        return name == null ? unknown : name;
    }

    private JsonName add(byte[] bytes, @Nullable JsonNode node, int place) {
        JsonName name = new JsonName(bytes, node);
        table[place] = name;
        count++;
        return name;
    }

    /** Where the name stands in the table, or the free place where it would. */
    private int place(byte[] bytes, int start, int end) {
        int place = hash(bytes, start, end - start);
        JsonName name = table[place];
        while (name != null
                && !Arrays.equals(name.bytes, 0, name.bytes.length, bytes, start, end)) {
            place = (place + 1) & (table.length - 1);
            name = table[place];
        }
        return place;
    }

    private int hash(byte[] bytes, int start, int length) {
        long first = Words.at(bytes, start, Math.min(length, Long.BYTES));
        long last =
                length <= Long.BYTES ? 0 : Words.at(bytes, start + length - Long.BYTES, Long.BYTES);
        long mixed = (first ^ Long.rotateLeft(last, 29)) * HASH_FACTOR + length * HASH_FACTOR;
        return (int) (mixed >>> shift);
    }
}
