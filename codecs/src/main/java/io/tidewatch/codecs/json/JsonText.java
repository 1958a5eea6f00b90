package io.tidewatch.codecs.json;

import io.tidewatch.codecs.bytes.Words;
import io.tidewatch.codecs.row.Utf8;

/** The tokens of JSON. Ends are returned as {@code ~at} when the byte at {@code at} is wrong. */
public final class JsonText {
    /** Set when {@link #stringEnd} passes an escape. */
    public boolean hasEscapes;

    private byte[] decoded = new byte[256];
    private int decodedLength;

    public static int passSpace(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
            at++;
        }
        return at;
    }

    public static int literal(String literal, byte[] bytes, int start) {
        for (int i = 1; i < literal.length(); i++) {
            if (bytes[start + i] != literal.charAt(i)) {
                return ~(start + i);
            }
        }
        return start + literal.length();
    }

    public static int number(byte[] bytes, int start) {
        int at = bytes[start] == '-' ? start + 1 : start;
        if (bytes[at] == '0') {
            at++;
        } else {
            at = digits(bytes, at);
        }
        if (at >= 0 && bytes[at] == '.') {
            at = digits(bytes, at + 1);
        }
        if (at >= 0 && (bytes[at] | 0x20) == 'e') {
            at++;
            at = digits(bytes, bytes[at] == '+' || bytes[at] == '-' ? at + 1 : at);
        }
        return at;
    }

    /** The end of one or more digits. */
    private static int digits(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at == start ? ~at : at;
    }

    /** The first byte at or after {@code start} that is a quote, a backslash, a control character or not ASCII. */
    static int plainEnd(byte[] bytes, int start) {
        int wordsEnd = bytes.length - Long.BYTES;
        int at = start;
        while (at <= wordsEnd) {
            long stops = Words.stops(Words.at(bytes, at));
            if (stops != 0) {
                return at + (Long.numberOfTrailingZeros(stops) >>> 3);
            }
            at += Long.BYTES;
        }
        while (bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The closing quote of the string whose first byte, after the opening quote, stands at {@code start}. */
    public int stringEnd(byte[] bytes, int start) {
        int at = start;
        while (true) {
            at = plainEnd(bytes, at);
            byte b = bytes[at];
            if (b == '"') {
                return at;
            }
            at = b == '\\' ? escapeEnd(bytes, at) : b < 0 ? utf8End(bytes, at) : ~at;
            if (at < 0) {
                return at;
            }
        }
    }

    private int escapeEnd(byte[] bytes, int start) {
        hasEscapes = true;
        switch (bytes[start + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return start + 2;
            }
            case 'u' -> {
                int unit = unit(bytes, start);
                boolean isHigh = unit >= 0xD800 && unit < 0xDC00;
                if (unit < 0 || (unit >= 0xDC00 && unit < 0xE000)) {
                    return ~start;
                }
                return isHigh ? lowSurrogateEnd(bytes, start) : start + 6;
            }
            default -> {
                return ~start;
            }
        }
    }

    private static int lowSurrogateEnd(byte[] bytes, int start) {
        int next = start + 6;
        boolean isEscape = bytes[next] == '\\' && bytes[next + 1] == 'u';
        int low = isEscape ? unit(bytes, next) : -1;
        return low >= 0xDC00 && low < 0xE000 ? start + 12 : ~start;
    }

    /** The UTF-16 code unit of the escape <code>&#92;uXXXX</code> at {@code start}, or -1. */
    private static int unit(byte[] bytes, int start) {
        int unit = 0;
        for (int at = start + 2; at < start + 6; at++) {
            int digit = hex(bytes[at]);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** The end of a run of characters beyond ASCII (RFC 3629: shortest form, no surrogates, up to U+10FFFF). */
    private static int utf8End(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] < 0) {
            int length = Utf8.length(bytes, at);
            if (length == 0) {
                return ~at;
            }
            at += length;
        }
        return at;
    }

    public String problem(byte[] bytes, int at) {
        byte b = bytes[at];
        if (b == '\n') {
            return "the record ends inside a string";
        }
        if (b == '\\') {
            return bytes[at + 1] == 'u'
                    ? "not four hexadecimal digits, or half of a surrogate pair"
                    : "not an escape of JSON";
        }
        return b < 0 ? "not UTF-8" : "a control character in a string";
    }

    private int decode(byte[] bytes, int start, int end) {
        if (decoded.length < end - start) {
            decoded = new byte[Math.max(2 * decoded.length, end - start)];
        }
        int length = 0;
        int at = start;
        while (at < end) {
            byte b = bytes[at];
            if (b != '\\') {
                decoded[length++] = b;
                at++;
            } else if (bytes[at + 1] == 'u') {
                int unit = unit(bytes, at);
                boolean isPair = unit >= 0xD800 && unit < 0xDC00;
                int codePoint = isPair
                        ? Character.toCodePoint((char) unit, (char) unit(bytes, at + 6))
                        : unit;
                length = Utf8.encode(codePoint, decoded, length);
                at += isPair ? 12 : 6;
            } else {
                decoded[length++] = simple(bytes[at + 1]);
                at += 2;
            }
        }
        return length;
    }

    private static byte simple(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    /** The string with its escapes decoded, of {@link #decodedLength} bytes; valid until the next call. */
    public byte[] decoded(byte[] bytes, int start, int end) {
        decodedLength = decode(bytes, start, end);
        return decoded;
    }

    public int decodedLength() {
        return decodedLength;
    }
}
