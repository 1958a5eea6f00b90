package io.tidewatch.codecs.text;

import java.util.Arrays;

/** The decoded values of one line, behind one another in an array that does not move while the line is decoded. */
final class Unquoted {
    private byte[] bytes = {};
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** The array that the next value, of at most {@code length} bytes, goes to; earlier ones stay in theirs. */
    byte[] bytesFor(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
        return bytes;
    }

    /** Appends a value without the backslashes before quotes and backslashes; returns where it ends. */
    int append(byte[] source, int start, int end) {
        for (int at = start; at < end; at++) {
            boolean isEscape = source[at] == '\\'
                    && at + 1 < end
                    && (source[at + 1] == '"' || source[at + 1] == '\\');
            if (isEscape) {
                at++;
            }
            bytes[size++] = source[at];
        }
        return size;
    }

    /** Appends a value as it is; returns where it ends. */
    int appendAll(byte[] source, int start, int end) {
        System.arraycopy(source, start, bytes, size, end - start);
        size += end - start;
        return size;
    }
}
