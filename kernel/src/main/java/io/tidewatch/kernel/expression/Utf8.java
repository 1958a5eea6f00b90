package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Arrays;

/**
 * Characters (code points) in UTF-8. Text is expected to be valid; in text that is not, every byte that starts nothing
 * counts as a character of its own or as part of the one before it, and nothing is read outside the range.
 */
final class Utf8 {
    private Utf8() {}

    /** Whether the byte continues a character that began before it. */
    static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    /** Behind the character at {@code position}, at most {@code end}. */
    static int next(byte[] bytes, int position, int end) {
        int next = position + 1;
        while (next < end && isContinuation(bytes[next])) {
            next++;
        }
        return next;
    }

    /** The start of the character that ends before {@code position}, at least {@code start}. */
    static int previous(byte[] bytes, int start, int position) {
        int previous = position - 1;
        while (previous > start && isContinuation(bytes[previous])) {
            previous--;
        }
        return previous;
    }

    /** The number of characters. */
    static int length(byte[] bytes, int start, int length) {
        // A byte that continues nothing, at the very start, is a character of its own.
        int count = length > 0 && isContinuation(bytes[start]) ? 1 : 0;
        for (int i = start; i < start + length; i++) {
            count += isContinuation(bytes[i]) ? 0 : 1;
        }
        return count;
    }

    /** Behind the first {@code count} characters of {@code [start, end)}, or {@code end} if there are fewer. */
    static int skip(byte[] bytes, int start, int end, long count) {
        int position = start;
        for (long i = 0; i < count && position < end; i++) {
            position = next(bytes, position, end);
        }
        return position;
    }

    /** The character at {@code position}, from its bytes up to {@code next}. */
    static int codePoint(byte[] bytes, int position, int next) {
        int first = bytes[position] & 0xFF;
        int code =
                switch (next - position) {
                    case 1 -> first;
                    case 2 -> first & 0x1F;
                    case 3 -> first & 0x0F;
                    default -> first & 0x07;
                };
        for (int i = position + 1; i < next; i++) {
            code = code << 6 | bytes[i] & 0x3F;
        }
        return code;
    }

    static void write(int codePoint, ByteWriter out) {
        if (codePoint < 0x80) {
            out.writeByte(codePoint);
            return;
        }
        if (codePoint < 0x800) {
            out.writeByte(0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                out.writeByte(0xE0 | codePoint >> 12);
            } else {
                out.writeByte(0xF0 | codePoint >> 18);
                out.writeByte(0x80 | codePoint >> 12 & 0x3F);
            }
            out.writeByte(0x80 | codePoint >> 6 & 0x3F);
        }
        out.writeByte(0x80 | codePoint & 0x3F);
    }

    /**
     * Where a part first stands in {@code [start, end)}, or −1.
     *
     * @param range the start and the length of the part in {@code part}
     */
    static int indexOf(byte[] bytes, int start, int end, byte[] part, int[] range) {
        int length = range[1];
        if (length == 0) {
            return start;
        }
        byte first = part[range[0]];
        for (int i = start; i <= end - length; i++) {
            if (bytes[i] == first
                    && Arrays.equals(bytes, i, i + length, part, range[0], range[0] + length)) {
                return i;
            }
        }
        return -1;
    }
}
