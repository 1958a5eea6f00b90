package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern over UTF-8 bytes. The time to match is at most the product of the lengths of text and pattern.
 *
 * <p>The pattern is cut at every {@code %} into segments. The first must stand at the start of the text, the last at its
 * end, and each of the others takes the first place where it fits behind the one before: a later place could only leave
 * less room for the rest. A segment is a list of bytes, with {@link #ANY} for one whole character.
 */
final class LikePattern {
    private static final int ANY = -1;

    private final List<int[]> segments;

    private LikePattern(List<int[]> segments) {
        this.segments = segments;
    }

    /**
     * @param escape one character, or {@code null} for none
     * @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID if the escape is not one character, or stands
     *     before anything but {@code %}, {@code _} and itself
     */
    static LikePattern compile(String pattern, @Nullable String escape) {
        if (escape != null && escape.codePointCount(0, escape.length()) != 1) {
            throw Expressions.invalid(
                    "ESCAPE '" + escape + "' must be one character, for example ESCAPE '!'");
        }
        int escapeCode = escape == null ? -1 : escape.codePointAt(0);
        List<int[]> segments = new ArrayList<>();
        int[] codes = pattern.codePoints().toArray();
        int[] segment = new int[4 * codes.length];
        int size = 0;
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i];
            if (code == escapeCode) {
                i++;
                requireEscapable(codes, i, escapeCode, pattern);
                code = codes[i];
            } else if (code == '%') {
                segments.add(Arrays.copyOf(segment, size));
                size = 0;
                continue;
            } else if (code == '_') {
                segment[size++] = ANY;
                continue;
            }
            for (byte next : Character.toString(code).getBytes(UTF_8)) {
                segment[size++] = next & 0xFF;
            }
        }
        segments.add(Arrays.copyOf(segment, size));
        return new LikePattern(segments);
    }

    private static void requireEscapable(int[] codes, int index, int escape, String pattern) {
        boolean escapable = index < codes.length
                && (codes[index] == '%' || codes[index] == '_' || codes[index] == escape);
        if (!escapable) {
            String character = Character.toString(escape);
            throw Expressions.invalid("LIKE '" + pattern + "': the escape character " + character
                    + " must stand before %, _ or " + character + "; double it to match itself");
        }
    }

    boolean matches(byte[] bytes, int start, int length) {
        int end = start + length;
        int position = forward(segments.get(0), bytes, start, end);
        int last = segments.size() - 1;
        if (position < 0 || last == 0) {
            return position == end;
        }
        int limit = backward(segments.get(last), bytes, position, end);
        for (int i = 1; i < last && position >= 0 && limit >= 0; i++) {
            position = search(segments.get(i), bytes, position, limit);
        }
        return position >= 0 && limit >= 0;
    }

    /** Behind the segment if it stands at {@code from}, otherwise −1. */
    private static int forward(int[] segment, byte[] bytes, int from, int end) {
        int position = from;
        for (int code : segment) {
            if (position == end) {
                return -1;
            }
            if (code == ANY) {
                position = Utf8.next(bytes, position, end);
            } else if ((bytes[position++] & 0xFF) != code) {
                return -1;
            }
        }
        return position;
    }

    /** The text that all that matches begins with, where nothing else is asked; otherwise {@code null}. */
    byte @Nullable [] onlyPrefix() {
        int[] first = segments.get(0);
        if (segments.size() != 2 || segments.get(1).length > 0) {
            return null;
        }
        byte[] prefix = new byte[first.length];
        for (int i = 0; i < prefix.length; i++) {
            if (first[i] == ANY) {
                return null;
            }
            prefix[i] = (byte) first[i];
        }
        return prefix;
    }

    /** Where the segment begins if it ends at {@code end} and does not begin before {@code from}, otherwise −1. */
    private static int backward(int[] segment, byte[] bytes, int from, int end) {
        int position = end;
        for (int i = segment.length - 1; i >= 0; i--) {
            if (position == from) {
                return -1;
            }
            if (segment[i] == ANY) {
                position = Utf8.previous(bytes, from, position);
            } else if ((bytes[--position] & 0xFF) != segment[i]) {
                return -1;
            }
        }
        return position;
    }

    /** Behind the first place of the segment in {@code [from, end)}, or −1. */
    private static int search(int[] segment, byte[] bytes, int from, int end) {
        int position = from;
        while (true) {
            int behind = forward(segment, bytes, position, end);
            if (behind >= 0) {
                return behind;
            }
            if (position == end) {
                return -1;
            }
            position = Utf8.next(bytes, position, end);
        }
    }
}
