package io.tidewatch.codecs.text;

import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.bytes.Words;
import io.tidewatch.codecs.row.Ascii;
import io.tidewatch.codecs.row.RowCollector;
import io.tidewatch.codecs.time.TimeFormat;
import java.util.List;

/**
 * Decodes the common log format of web servers (NCSA), and the combined one, which adds the referer and the agent:
 *
 * <pre>
 * client ident user [17/May/2015:10:05:03 +0000] "GET /path HTTP/1.1" 200 1234 "referer" "agent"
 * </pre>
 *
 * <p>A part {@code -} is NULL. An agent without its closing quote goes to the end of the line, since log lines get cut. In quoted parts {@code \"} and {@code \\} are decoded; other escapes stay as the server wrote
 * them. The request is also split into method, path and protocol, which are NULL when it does not have that form.
 */
public final class WebLogDecoder extends TextDecoder {
    private static final int CLIENT = 0;
    private static final int IDENT = 1;
    private static final int USER = 2;
    private static final int TIME = 3;
    private static final int REQUEST = 4;
    private static final int STATUS = 5;
    private static final int BYTES = 6;
    private static final int METHOD = 7;
    private static final int PATH = 8;
    private static final int PROTOCOL = 9;
    private static final int REFERER = 10;
    private static final int AGENT = 11;
    private static final List<String> COMMON_PARTS = List.of(
            "client",
            "ident",
            "user",
            "time",
            "request",
            "status",
            "bytes",
            "method",
            "path",
            "protocol");
    private static final List<String> COMBINED_PARTS = List.of(
            "client",
            "ident",
            "user",
            "time",
            "request",
            "status",
            "bytes",
            "method",
            "path",
            "protocol",
            "referer",
            "agent");

    private final boolean isCombined;
    private static final long QUOTES = Words.eight((byte) '"');
    private static final long BACKSLASHES = Words.eight((byte) '\\');

    private final Unquoted unquoted = new Unquoted();

    public WebLogDecoder(StreamFormat format, boolean isCombined, Position from) {
        this(format, isCombined, new RowCollector(format, TimeFormat.WEB_LOG), from);
    }

    private WebLogDecoder(
            StreamFormat format, boolean isCombined, RowCollector rows, Position from) {
        super(format, rows, from, COMBINED_PARTS.size());
        this.isCombined = isCombined;
        List<String> known = isCombined ? COMBINED_PARTS : COMMON_PARTS;
        for (int slot = 0; slot < rows.slotCount(); slot++) {
            FieldSpec field = rows.field(slot);
            int part = known.indexOf(field.pathOrName());
            if (part < 0 && rows.isTime(slot) && field.path() == null) {
                part = TIME;
            }
            if (part < 0) {
                throw unknownPart(slot, "web log part", known);
            }
            readSlot(slot, part);
        }
    }

    @Override
    void findParts(byte[] bytes, int start, int end) {
        unquoted.clear();
        int at = word(CLIENT, bytes, start, end);
        at = word(IDENT, bytes, at, end);
        at = userAndTime(bytes, at, end);
        at = quoted(REQUEST, bytes, at, end);
        at = word(STATUS, bytes, at, end);
        at = word(BYTES, bytes, at, end);
        if (isCombined) {
            at = quoted(REFERER, bytes, at, end);
            at = quoted(AGENT, bytes, at, end);
        }
        if (at <= end && !hasFailed()) {
            fail(
                    at,
                    isCombined
                            ? "nothing may follow the agent"
                            : "nothing may follow the bytes (is the format 'combined'?)");
        }
    }

    /** A part up to a space or the end of the line; returns where the next part starts, beyond the end after the last. */
    private int word(int part, byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        if (at <= start) {
            return expected(part, Math.min(start, end));
        }
        set(part, bytes, start, at);
        return at + 1;
    }

    private int expected(int part, int at) {
        fail(at, COMBINED_PARTS.get(part) + " is expected");
        return Integer.MAX_VALUE;
    }

    private void set(int part, byte[] bytes, int start, int end) {
        if (end - start != 1 || bytes[start] != '-') {
            setPart(part, bytes, start, end);
        }
    }

    /** The user may contain spaces, so it ends where the time begins. */
    private int userAndTime(byte[] bytes, int start, int end) {
        int open = start;
        while (open < end && !(bytes[open] == '[' && bytes[open - 1] == ' ')) {
            open++;
        }
        if (open >= end || open - 1 <= start) {
            return expected(open >= end ? TIME : USER, Math.min(start, end));
        }
        set(USER, bytes, start, open - 1);
        int close = open + 1;
        while (close < end && bytes[close] != ']') {
            close++;
        }
        if (close + 1 >= end || bytes[close + 1] != ' ') {
            return expected(TIME, open);
        }
        setPart(TIME, bytes, open + 1, close);
        return close + 2;
    }

    private int quoted(int part, byte[] bytes, int start, int end) {
        if (start >= end || bytes[start] != '"') {
            return expected(part, Math.min(start, end));
        }
        boolean hasEscapes = false;
        int close = Words.pass(bytes, start + 1, QUOTES, BACKSLASHES);
        while (close < end && bytes[close] != '"') {
            boolean isEscape = bytes[close] == '\\';
            hasEscapes |= isEscape;
            close = Words.pass(bytes, close + (isEscape ? 2 : 1), QUOTES, BACKSLASHES);
        }
        if (close >= end) {
            if (part != AGENT) {
                return expected(part, start);
            }
            close = end;
        } else if (close + 1 < end && bytes[close + 1] != ' ') {
            return expected(part, start);
        }
        byte[] array = hasEscapes ? unquoted.bytesFor(close - start) : bytes;
        int from = hasEscapes ? unquoted.size() : start + 1;
        int to = hasEscapes ? unquoted.append(bytes, start + 1, close) : close;
        set(part, array, from, to);
        if (part == REQUEST) {
            splitRequest(array, from, to);
        }
        return close + 2;
    }

    private void splitRequest(byte[] bytes, int start, int end) {
        int first = start;
        while (first < end && bytes[first] != ' ') {
            first++;
        }
        int last = end - 1;
        while (last > first && bytes[last] != ' ') {
            last--;
        }
        if (first == start || first >= end - 1) {
            return;
        }
        boolean hasProtocol = last > first + 1
                && end - last > 6
                && Ascii.equals("HTTP/", bytes, last + 1, last + 6);
        if (hasProtocol) {
            setPart(PROTOCOL, bytes, last + 1, end);
        } else if (last > first) {
            return;
        }
        setPart(METHOD, bytes, start, first);
        setPart(PATH, bytes, first + 1, hasProtocol ? last : end);
    }
}
