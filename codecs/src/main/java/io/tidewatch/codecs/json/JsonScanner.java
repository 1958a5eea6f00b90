package io.tidewatch.codecs.json;

import org.jspecify.annotations.Nullable;

/**
 * Checks a line of JSON and finds the wanted values in it. After {@link #scan}, each slot has the kind of its value and
 * where it stands; of several members of one name the last one counts, with all that is inside it.
 *
 * <p>The line must end with a line feed, at which every loop stops: inside a string it is a control character, elsewhere it
 * ends the record. Positions that methods return are negative when the line is malformed; then {@link #problem} says why.
 */
final class JsonScanner {
    static final byte MISSING = 0;
    static final byte NULL = 1;
    static final byte TRUE = 2;
    static final byte FALSE = 3;
    static final byte NUMBER = 4;
    /** A string without escapes; its range is inside the quotes. */
    static final byte STRING = 5;
    /** A string with escapes; its range is inside the quotes. */
    static final byte ESCAPED = 6;

    static final byte NESTED = 7;

    private static final int MALFORMED = -1;

    private final JsonNode root;
    private final int nestingMax;
    private final JsonText text = new JsonText();
    private final JsonStops stops = new JsonStops();

    final byte[] kinds;
    final int[] starts;
    final int[] ends;

    private @Nullable String problem;
    private int problemAt;
    private boolean isLimit;

    JsonScanner(JsonNode root, int slotCount, int nestingMax) {
        this.root = root;
        this.nestingMax = nestingMax;
        this.kinds = new byte[slotCount];
        this.starts = new int[slotCount];
        this.ends = new int[slotCount];
    }

    /** Begins with bytes of which those before {@code whole} are whole lines, and that do not change while they are scanned. */
    void begin(byte[] bytes, int whole) {
        stops.begin(bytes, whole);
    }

    @Nullable
    String problem() {
        return problem;
    }

    int problemAt() {
        return problemAt;
    }

    /** Whether the problem is a limit, and not malformed JSON. */
    boolean isLimit() {
        return isLimit;
    }

    /** Scans the line that starts at {@code start}; returns the index of its line feed, or a negative number. */
    int scan(byte[] bytes, int start) {
        problem = null;
        stops.beginLine(start);
        for (int slot = 0; slot < kinds.length; slot++) {
            kinds[slot] = MISSING;
        }
        int at = JsonText.passSpace(bytes, start);
        if (bytes[at] != '{') {
            return fail(at, "a record must be a JSON object");
        }
        at = object(bytes, at, root.names, 1);
        if (at < 0) {
            return at;
        }
        at = JsonText.passSpace(bytes, at);
        return bytes[at] == '\n' ? at : fail(at, "nothing may follow the object");
    }

    /** A value that is wanted, or that has wanted values inside; {@code depth} counts it if it is nested. */
    private int value(byte[] bytes, int start, JsonNode node, int depth) {
        for (int slot : node.inside) {
            kinds[slot] = MISSING;
        }
        byte first = bytes[start];
        if (first == '"') {
            text.hasEscapes = false;
            int end = string(bytes, start + 1);
            if (end >= 0) {
                set(node, text.hasEscapes ? ESCAPED : STRING, start + 1, end);
                return end + 1;
            }
            return MALFORMED;
        }
        if (first != '{' && first != '[') {
            return scalar(bytes, start, node);
        }
        int end = depth > nestingMax
                ? failNesting(start)
                : first == '{'
                        ? object(bytes, start, node.names, depth)
                        : array(bytes, start, node.elements, depth);
        if (end >= 0) {
            set(node, NESTED, start, end);
        }
        return end;
    }

    private void set(JsonNode node, byte kind, int start, int end) {
        for (int slot : node.slots) {
            kinds[slot] = kind;
            starts[slot] = start;
            ends[slot] = end;
        }
    }

    /** A value of which nothing is wanted. */
    private int skip(byte[] bytes, int start, int depth) {
        byte first = bytes[start];
        if (first == '"') {
            int end = string(bytes, start + 1);
            return end < 0 ? end : end + 1;
        }
        if (first == '{' || first == '[') {
            if (depth > nestingMax) {
                return failNesting(start);
            }
            return first == '{'
                    ? object(bytes, start, null, depth)
                    : array(bytes, start, NO_ELEMENTS, depth);
        }
        return scalar(bytes, start, null);
    }

    private static final @Nullable JsonNode[] NO_ELEMENTS = {};

    private int object(byte[] bytes, int start, @Nullable JsonNames names, int depth) {
        if (names != null) {
            return members(bytes, start + 1, names, depth + 1);
        }
        int at = JsonText.passSpace(bytes, start + 1);
        return bytes[at] == '}' ? at + 1 : skippedMembers(bytes, at, depth + 1);
    }

    private int members(byte[] bytes, int start, JsonNames names, int depth) {
        JsonName previous = names.beforeFirst();
        int at = start;
        while (true) {
            int valueAt = previous.followerValue(bytes, at);
            if (valueAt < 0) {
                int next = JsonText.passSpace(bytes, at);
                if (bytes[next] == '}') {
                    return next + 1;
                }
                valueAt = follower(bytes, at, at == start, previous, names);
                if (valueAt < 0) {
                    return valueAt;
                }
            }
            previous = previous.follower();
            at = memberValue(bytes, valueAt, previous, depth);
            if (at < 0) {
                return at;
            }
        }
    }

    /** Finds what follows a member, or the opening bracket; returns the index of the value. */
    private int follower(
            byte[] bytes, int start, boolean isFirst, JsonName previous, JsonNames names) {
        int at = JsonText.passSpace(bytes, start);
        if (!isFirst) {
            if (bytes[at] != ',') {
                return fail(at, "a comma or } is expected");
            }
            at = JsonText.passSpace(bytes, at + 1);
        }
        int end = nameEnd(bytes, at);
        int colonEnd = end < 0 ? end : colonEnd(bytes, end + 1);
        if (colonEnd < 0) {
            return colonEnd;
        }
        int valueAt = JsonText.passSpace(bytes, colonEnd);
        previous.followedBy(find(bytes, at + 1, end, names), bytes, start, valueAt);
        return valueAt;
    }

    /** Passes over a value; a string without escapes, the most frequent one, on a short way. */
    private int memberValue(byte[] bytes, int start, JsonName name, int depth) {
        int at = bytes[start] == '"' ? start : JsonText.passSpace(bytes, start);
        int slot = name.slot;
        if (bytes[at] == '"' && slot != JsonName.SEVERAL) {
            int end = stops.next(at + 1);
            if (bytes[end] == '"') {
                if (slot >= 0) {
                    kinds[slot] = STRING;
                    starts[slot] = at + 1;
                    ends[slot] = end;
                }
                return end + 1;
            }
        }
        JsonNode node = name.node;
        return node == null ? skip(bytes, at, depth) : value(bytes, at, node, depth);
    }

    private int skippedMembers(byte[] bytes, int start, int depth) {
        int at = start;
        while (true) {
            int end = nameEnd(bytes, at);
            at = end < 0 ? end : colonEnd(bytes, end + 1);
            at = at < 0 ? at : skip(bytes, JsonText.passSpace(bytes, at), depth);
            at = at < 0 ? at : separator(bytes, at, '}');
            if (at < 0 || bytes[at] == '}') {
                return at < 0 ? at : at + 1;
            }
            at = JsonText.passSpace(bytes, at + 1);
        }
    }

    /** The index of a name's closing quote. */
    private int nameEnd(byte[] bytes, int start) {
        if (bytes[start] != '"') {
            return fail(start, "a name in quotes is expected");
        }
        text.hasEscapes = false;
        return string(bytes, start + 1);
    }

    /** The index behind a colon. */
    private int colonEnd(byte[] bytes, int start) {
        int at = JsonText.passSpace(bytes, start);
        return bytes[at] == ':' ? at + 1 : fail(at, "a colon is expected");
    }

    /** The name that {@link #nameEnd} passed over last. */
    private JsonName find(byte[] bytes, int start, int end, JsonNames names) {
        return text.hasEscapes
                ? names.find(text.decoded(bytes, start, end), 0, text.decodedLength())
                : names.findOrLearn(bytes, start, end);
    }

    /** The index of the comma or of the closing bracket that follows a value. */
    private int separator(byte[] bytes, int start, char close) {
        int at = bytes[start] == ',' ? start : JsonText.passSpace(bytes, start);
        return bytes[at] == ',' || bytes[at] == close
                ? at
                : fail(at, "a comma or " + close + " is expected");
    }

    private int array(byte[] bytes, int start, @Nullable JsonNode[] elements, int depth) {
        int at = JsonText.passSpace(bytes, start + 1);
        if (bytes[at] == ']') {
            return at + 1;
        }
        for (int index = 0; ; index++) {
            JsonNode node = index < elements.length ? elements[index] : null;
            at = node == null ? skip(bytes, at, depth + 1) : value(bytes, at, node, depth + 1);
            at = at < 0 ? at : separator(bytes, at, ']');
            if (at < 0 || bytes[at] == ']') {
                return at < 0 ? at : at + 1;
            }
            at = JsonText.passSpace(bytes, at + 1);
        }
    }

    private int scalar(byte[] bytes, int start, @Nullable JsonNode node) {
        byte kind =
                switch (bytes[start]) {
                    case 'n' -> NULL;
                    case 't' -> TRUE;
                    case 'f' -> FALSE;
                    default -> NUMBER;
                };
        int end =
                switch (kind) {
                    case NULL -> JsonText.literal("null", bytes, start);
                    case TRUE -> JsonText.literal("true", bytes, start);
                    case FALSE -> JsonText.literal("false", bytes, start);
                    default -> JsonText.number(bytes, start);
                };
        if (end < 0) {
            return failScalar(bytes, start, ~end, kind == NUMBER);
        }
        if (node != null) {
            set(node, kind, start, end);
        }
        return end;
    }

    private int failScalar(byte[] bytes, int start, int at, boolean isNumber) {
        if (bytes[at] == '\n') {
            return fail(at, "the record ends inside a value");
        }
        boolean isOther = isNumber && at == start;
        return fail(
                at, isOther ? "a value is expected" : isNumber ? "not a number" : "not a literal");
    }

    private int string(byte[] bytes, int start) {
        int stop = stops.next(start);
        int end = bytes[stop] == '"' ? stop : text.stringEnd(bytes, stop);
        return end < 0 ? fail(~end, text.problem(bytes, ~end)) : end;
    }

    private int failNesting(int at) {
        isLimit = true;
        problem = "nested deeper than " + nestingMax + " (limit nesting)";
        problemAt = at;
        return MALFORMED;
    }

    private int fail(int at, String reason) {
        isLimit = false;
        problem = reason;
        problemAt = at;
        return MALFORMED;
    }
}
