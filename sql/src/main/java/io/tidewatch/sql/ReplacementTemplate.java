package io.tidewatch.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import io.tidewatch.sql.LinearPattern.BoundedWriter;
import java.util.ArrayList;
import java.util.List;

/** A replacement of matches: pieces of text and groups by turns. */
final class ReplacementTemplate {
    /** The texts before each group, and the one behind the last. */
    private final List<byte[]> texts = new ArrayList<>();

    private final List<Integer> groups = new ArrayList<>();

    private ReplacementTemplate() {}

    /** @throws IllegalArgumentException if it names a group that there is not, or ends in a backslash */
    static ReplacementTemplate parse(String replacement, int groupCount) {
        ReplacementTemplate template = new ReplacementTemplate();
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < replacement.length()) {
            char c = replacement.charAt(i++);
            if (c == '\\') {
                if (i == replacement.length()) {
                    throw new IllegalArgumentException(
                            "it ends in a backslash (expected: \\\\ for a backslash)");
                }
                text.append(replacement.charAt(i++));
            } else if (c == '$') {
                int behind = numberEnd(replacement, i, groupCount);
                template.texts.add(text.toString().getBytes(UTF_8));
                template.groups.add(Integer.parseInt(replacement.substring(i, behind)));
                text.setLength(0);
                i = behind;
            } else {
                text.append(c);
            }
        }
        template.texts.add(text.toString().getBytes(UTF_8));
        return template;
    }

    /** The end of the longest number from {@code start} that is a group. */
    private static int numberEnd(String replacement, int start, int groupCount) {
        int behind = start;
        int number = 0;
        while (behind < replacement.length() && isDigit(replacement.charAt(behind))) {
            int longer = number * 10 + replacement.charAt(behind) - '0';
            if (longer > groupCount) {
                break;
            }
            number = longer;
            behind++;
        }
        if (behind == start) {
            boolean hasDigit = start < replacement.length() && isDigit(replacement.charAt(start));
            throw new IllegalArgumentException(
                    hasDigit
                            ? "there is no group " + replacement.charAt(start) + " (expected: 0 to "
                                    + groupCount + ")"
                            : "'$' without the number of a group (expected: \\$ for a dollar sign)");
        }
        return behind;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Writes the replacement of the current match; a group that took no part is empty. */
    void write(byte[] text, Matcher matcher, BoundedWriter out) {
        for (int i = 0; i < groups.size(); i++) {
            out.write(texts.get(i), 0, texts.get(i).length);
            int group = groups.get(i);
            if (matcher.start(group) >= 0) {
                out.write(text, matcher.start(group), matcher.end(group));
            }
        }
        byte[] last = texts.get(groups.size());
        out.write(last, 0, last.length);
    }
}
