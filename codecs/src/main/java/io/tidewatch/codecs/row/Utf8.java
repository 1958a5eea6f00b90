package io.tidewatch.codecs.row;

/** UTF-8 as RFC 3629 has it. */
public final class Utf8 {
    private Utf8() {}

    /**
     * How many bytes the character beyond ASCII at {@code at} has, or 0 if it is none: a stray or missing continuation, a
     * form that is not the shortest, a surrogate, or beyond U+10FFFF. Reads no further than the first byte that is wrong.
     */
    public static int length(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int second = lead < 0xC2 || lead > 0xF4 ? 0 : bytes[at + 1] & 0xFF;
        if (lead < 0xE0) {
            return isContinuation(second) ? 2 : 0;
        }
        if (second < secondMin(lead) || second > secondMax(lead)) {
            return 0;
        }
        if (!isContinuation(bytes[at + 2])) {
            return 0;
        }
        if (lead < 0xF0) {
            return 3;
        }
        return isContinuation(bytes[at + 3]) ? 4 : 0;
    }

    private static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }

    private static int secondMin(int lead) {
        return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    }

    private static int secondMax(int lead) {
        return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    }

    /** Writes a code point that is not a surrogate at {@code at}; returns the index after it. */
    public static int encode(int codePoint, byte[] bytes, int at) {
        if (codePoint < 0x80) {
            bytes[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            bytes[at] = (byte) (0xC0 | codePoint >> 6);
            return continuation(codePoint, bytes, at + 1);
        }
        if (codePoint < 0x10000) {
            bytes[at] = (byte) (0xE0 | codePoint >> 12);
            continuation(codePoint >> 6, bytes, at + 1);
            return continuation(codePoint, bytes, at + 2);
        }
        bytes[at] = (byte) (0xF0 | codePoint >> 18);
        continuation(codePoint >> 12, bytes, at + 1);
        continuation(codePoint >> 6, bytes, at + 2);
        return continuation(codePoint, bytes, at + 3);
    }

    private static int continuation(int codePoint, byte[] bytes, int at) {
        bytes[at] = (byte) (0x80 | (codePoint & 0x3F));
        return at + 1;
    }
}
