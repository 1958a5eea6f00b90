package io.tidewatch.codecs.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.row.Words;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of one object's members, each with the node it leads to, if it is wanted.
 *
 * <p>Records of a stream tend to have the same members in the same order. So for each name it is kept which one followed it
 * last time, and that one is compared first, together with its closing quote, before the name is even scanned. For this,
 * names that nobody wants are learned too, up to a limit. What is learned changes only the speed.
 */
final class JsonNames {
    /** For a name that is neither wanted nor learned. */
    static final int UNKNOWN = 0;

    private static final int LEARNED_MAX = 64;
    private static final int LEARNED_LENGTH_MAX = 48;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    private final int[] table;
    private final int shift;
    private final int idLimit;

    /** By id, from 1: the name, and the name with its closing quote in words, the last one of them masked. */
    private final byte[][] names;

    private final long[][] words;
    private final long[] lastMasks;
    private final @Nullable JsonNode[] nodes;

    /** By id, the id that followed it last time; at 0, the first one of the object. */
    private final int[] followers;

    private int idCount = 1;
    private int current;

    JsonNames(Map<String, JsonNode> wanted) {
        idLimit = 1 + wanted.size() + LEARNED_MAX;
        int bits = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(idLimit);
        table = new int[1 << bits];
        shift = Long.SIZE - bits;
        names = new byte[idLimit][];
        words = new long[idLimit][];
        lastMasks = new long[idLimit];
        nodes = new @Nullable JsonNode[idLimit];
        followers = new int[idLimit];
        wanted.forEach((name, node) -> {
            byte[] bytes = name.getBytes(UTF_8);
            add(bytes, node, freePlace(bytes));
        });
    }

    @Nullable
    JsonNode node(int id) {
        return nodes[id];
    }

    int length(int id) {
        return names[id].length;
    }

    /** The next name is the first of an object. */
    void begin() {
        current = 0;
    }

    /** The id of the name that stands at {@code start} and is the expected one, or {@link #UNKNOWN}. */
    int expected(byte[] bytes, int start) {
        int id = followers[current];
        if (id == UNKNOWN) {
            return UNKNOWN;
        }
        long[] expected = words[id];
        int last = expected.length - 1;
        int lastAt = start + Long.BYTES * last;
        if (lastAt + Long.BYTES > bytes.length) {
            return UNKNOWN;
        }
        for (int i = 0; i < last; i++) {
            if (Words.at(bytes, start + Long.BYTES * i) != expected[i]) {
                return UNKNOWN;
            }
        }
        if (((Words.at(bytes, lastAt) ^ expected[last]) & lastMasks[id]) != 0) {
            return UNKNOWN;
        }
        current = id;
        return id;
    }

    /** The id of a name, which is well-formed and decoded, or {@link #UNKNOWN}. */
    int find(byte[] bytes, int start, int end, boolean mayLearn) {
        int place = place(bytes, start, end - start);
        int id = table[place];
        while (id != UNKNOWN && !Arrays.equals(names[id], 0, names[id].length, bytes, start, end)) {
            place = (place + 1) & (table.length - 1);
            id = table[place];
        }
        boolean isShort = end - start <= LEARNED_LENGTH_MAX;
        if (id == UNKNOWN && mayLearn && isShort && idCount < idLimit) {
            id = add(Arrays.copyOfRange(bytes, start, end), null, place);
        }
        if (mayLearn) {
            followers[current] = id;
            current = id;
        }
        return id;
    }

    private int add(byte[] name, @Nullable JsonNode node, int place) {
        int id = idCount++;
        names[id] = name;
        nodes[id] = node;
        int last = name.length / Long.BYTES;
        byte[] quoted = Arrays.copyOf(name, Long.BYTES * (last + 1));
        quoted[name.length] = '"';
        long[] quotedWords = new long[last + 1];
        for (int i = 0; i <= last; i++) {
            quotedWords[i] = Words.at(quoted, Long.BYTES * i);
        }
        words[id] = quotedWords;
        lastMasks[id] = Words.mask(name.length + 1 - Long.BYTES * last);
        table[place] = id;
        return id;
    }

    private int freePlace(byte[] name) {
        int place = place(name, 0, name.length);
        while (table[place] != UNKNOWN) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private int place(byte[] bytes, int start, int length) {
        long first = Words.at(bytes, start, Math.min(length, Long.BYTES));
        long last =
                length <= Long.BYTES ? 0 : Words.at(bytes, start + length - Long.BYTES, Long.BYTES);
        return (int) (((first ^ Long.rotateLeft(last, 29)) * HASH_FACTOR + length * HASH_FACTOR)
                >>> shift);
    }
}
