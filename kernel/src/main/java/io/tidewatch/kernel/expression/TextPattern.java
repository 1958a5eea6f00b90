package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.ByteWriter;

/**
 * A regular expression over UTF-8 text, in time linear in the text. Immutable and usable by several threads at once. Two
 * patterns of the same text behave the same.
 */
public interface TextPattern {
    /** Whether some part of the text matches. */
    boolean find(byte[] bytes, int start, int length);

    /** Whether the whole text matches. */
    boolean matches(byte[] bytes, int start, int length);

    /** The number of groups in parentheses. */
    int groupCount();

    /**
     * Finds the first match and one of its groups.
     *
     * @param group 0 for the whole match, 1 to {@link #groupCount()} for a group
     * @param bounds receives the first and behind the last index of the group in {@code bytes}
     * @return whether there is a match in which the group took part
     */
    boolean findGroup(byte[] bytes, int start, int length, int group, int[] bounds);

    /**
     * Prepares to replace matches.
     *
     * @param replacement text in which {@code $0} stands for the match, {@code $1} for group 1, and so on, and a backslash
     *     for the next character itself
     * @throws IllegalArgumentException if it names a group that there is not, or ends in a backslash; the message says so
     */
    Replacement replacement(String replacement);

    /** A text to put in the place of matches. Immutable and usable by several threads at once. */
    interface Replacement {
        /**
         * Writes the text with every match replaced, from left to right.
         *
         * @param bytesMax the most bytes to write
         * @return false if there were more; what was written until then may be anything up to {@code bytesMax}
         */
        boolean replaceAll(byte[] bytes, int start, int length, ByteWriter out, int bytesMax);
    }
}
