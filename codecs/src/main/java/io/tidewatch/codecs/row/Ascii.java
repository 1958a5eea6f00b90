package io.tidewatch.codecs.row;

/** Comparing and showing bytes that are mostly ASCII. */
public final class Ascii {
    private static final int EXCERPT_MAX = 120;
    private static final int EXCERPT_BEFORE = 80;

    private Ascii() {}

    public static boolean equals(String text, byte[] bytes, int start, int end) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Compares with a text of lower case letters. */
    static boolean equalsIgnoreCase(String text, byte[] bytes, int start, int end) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes[start + i] | 0x20) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of a record around one of them, bounded and printable. */
    static String excerpt(byte[] bytes, int start, int end, int at) {
        int from = at - start < EXCERPT_MAX ? start : at - EXCERPT_BEFORE;
        int to = Math.min(end, from + EXCERPT_MAX);
        return (from > start ? "…" : "") + printable(bytes, from, to) + (to < end ? "…" : "");
    }

    private static String printable(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            int b = bytes[i] & 0xFF;
            if (b >= ' ' && b < 0x7F) {
                text.append((char) b);
            } else {
                text.append("\\x")
                        .append(Character.forDigit(b >> 4, 16))
                        .append(Character.forDigit(b & 15, 16));
            }
        }
        return text.toString();
    }
}
