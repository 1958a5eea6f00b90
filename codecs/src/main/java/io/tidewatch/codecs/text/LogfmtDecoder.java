package io.tidewatch.codecs.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.json.JsonText;
import io.tidewatch.codecs.row.RowCollector;
import io.tidewatch.codecs.time.TimeFormat;
import java.util.Arrays;

/**
 * Decodes logfmt: {@code key=value} pairs between spaces or tabs. A value with spaces or quotes stands in quotes, with JSON's
 * escapes; a key without {@code =} has the value {@code true}; of several equal keys the last one counts.
 */
public final class LogfmtDecoder extends TextDecoder {
    private static final byte[] TRUE = "true".getBytes(UTF_8);

    private final byte[][] keys;
    private final JsonText text = new JsonText();
    private final Unquoted unquoted = new Unquoted();

    public LogfmtDecoder(StreamFormat format, Position from) {
        this(format, new RowCollector(format, TimeFormat.RFC_3339), from);
    }

    private LogfmtDecoder(StreamFormat format, RowCollector rows, Position from) {
        super(format, rows, from, rows.slotCount());
        this.keys = new byte[rows.slotCount()][];
        for (int slot = 0; slot < keys.length; slot++) {
            keys[slot] = rows.field(slot).pathOrName().getBytes(UTF_8);
            readSlot(slot, slot);
        }
    }

    @Override
    void findParts(byte[] bytes, int start, int end) {
        unquoted.clear();
        int at = start;
        while (at < end && !hasFailed()) {
            at = isSpace(bytes[at]) ? at + 1 : pair(bytes, at, end);
        }
    }

    /** Passes over a key and its value; returns where they end. */
    private int pair(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != '=' && bytes[at] != '"' && !isSpace(bytes[at])) {
            at++;
        }
        if (at == start || (at < end && bytes[at] == '"')) {
            fail(at, "a key is expected");
            return end;
        }
        if (at == end || bytes[at] != '=') {
            set(bytes, start, at, TRUE, 0, TRUE.length);
            return at;
        }
        if (at + 1 < end && bytes[at + 1] == '"') {
            return quoted(bytes, start, at, end);
        }
        int valueEnd = at + 1;
        while (valueEnd < end && !isSpace(bytes[valueEnd]) && bytes[valueEnd] != '"') {
            valueEnd++;
        }
        if (valueEnd < end && bytes[valueEnd] == '"') {
            fail(valueEnd, "a quote inside a value that does not begin with one");
            return end;
        }
        set(bytes, start, at, bytes, at + 1, valueEnd);
        return valueEnd;
    }

    private int quoted(byte[] bytes, int start, int equals, int end) {
        text.hasEscapes = false;
        int close = text.stringEnd(bytes, equals + 2);
        if (close < 0) {
            fail(
                    ~close,
                    bytes[~close] == '\n' ? "a quote is not closed" : text.problem(bytes, ~close));
            return end;
        }
        if (close + 1 < end && !isSpace(bytes[close + 1])) {
            fail(close + 1, "a space is expected after a quoted value");
            return end;
        }
        if (text.hasEscapes) {
            byte[] decoded = text.decoded(bytes, equals + 2, close);
            byte[] array = unquoted.bytesFor(text.decodedLength());
            int from = unquoted.size();
            int to = unquoted.appendAll(decoded, 0, text.decodedLength());
            set(bytes, start, equals, array, from, to);
        } else {
            set(bytes, start, equals, bytes, equals + 2, close);
        }
        return close + 1;
    }

    private void set(byte[] line, int keyStart, int keyEnd, byte[] bytes, int start, int end) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (Arrays.equals(keys[slot], 0, keys[slot].length, line, keyStart, keyEnd)) {
                setPart(slot, bytes, start, end);
            }
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
