package io.tidewatch.codecs.time;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of a time pattern.
 *
 * @param kind what it reads
 * @param min the least number of digits
 * @param max the most number of digits
 * @param text the literal text
 */
record PatternElement(Kind kind, int min, int max, String text) {
    private static final String SUPPORTED =
            "yyyy yy M MM MMM MMMM d dd E EEEE a H HH h hh m mm s ss S… X XX XXX Z, text in quotes";

    /** What an element reads. */
    enum Kind {
        YEAR,
        YEAR_OF_CENTURY,
        MONTH,
        MONTH_SHORT,
        MONTH_FULL,
        DAY,
        WEEKDAY_SHORT,
        WEEKDAY_FULL,
        HALF_DAY,
        HOUR,
        HOUR_OF_HALF_DAY,
        MINUTE,
        SECOND,
        FRACTION,
        OFFSET,
        OFFSET_OR_Z,
        SPACE,
        LITERAL
    }

    static List<PatternElement> parse(String pattern) {
        List<PatternElement> elements = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '\'') {
                at = quoted(pattern, at, elements);
            } else if (isLetter(c)) {
                int start = at;
                while (at < pattern.length() && pattern.charAt(at) == c) {
                    at++;
                }
                elements.add(letter(pattern, pattern.substring(start, at)));
            } else if (c == ' ') {
                elements.add(new PatternElement(Kind.SPACE, 0, 0, " "));
                at++;
            } else {
                elements.add(literal(pattern, String.valueOf(c)));
                at++;
            }
        }
        return List.copyOf(elements);
    }

    private static int quoted(String pattern, int start, List<PatternElement> elements) {
        int end = pattern.indexOf('\'', start + 1);
        if (end < 0) {
            throw invalid(pattern, "a quote is not closed");
        }
        String text = end == start + 1 ? "'" : pattern.substring(start + 1, end);
        elements.add(literal(pattern, text));
        return end + 1;
    }

    private static PatternElement literal(String pattern, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7E || "[]{}#".indexOf(text.charAt(i)) >= 0) {
                throw invalid(pattern, "'" + text + "' is not supported");
            }
        }
        return new PatternElement(Kind.LITERAL, 0, 0, text);
    }

    private static PatternElement letter(String pattern, String letters) {
        return switch (letters) {
            case "yyyy", "uuuu" -> number(Kind.YEAR, 4, 4);
            case "yy", "uu" -> number(Kind.YEAR_OF_CENTURY, 2, 2);
            case "M", "MM" -> number(Kind.MONTH, letters.length(), 2);
            case "MMM" -> number(Kind.MONTH_SHORT, 0, 0);
            case "MMMM" -> number(Kind.MONTH_FULL, 0, 0);
            case "d", "dd" -> number(Kind.DAY, letters.length(), 2);
            case "E", "EE", "EEE" -> number(Kind.WEEKDAY_SHORT, 0, 0);
            case "EEEE" -> number(Kind.WEEKDAY_FULL, 0, 0);
            case "a" -> number(Kind.HALF_DAY, 0, 0);
            case "H", "HH" -> number(Kind.HOUR, letters.length(), 2);
            case "h", "hh" -> number(Kind.HOUR_OF_HALF_DAY, letters.length(), 2);
            case "m", "mm" -> number(Kind.MINUTE, letters.length(), 2);
            case "s", "ss" -> number(Kind.SECOND, letters.length(), 2);
            case "S", "SS", "SSS", "SSSS", "SSSSS", "SSSSSS", "SSSSSSS", "SSSSSSSS", "SSSSSSSSS" ->
                number(Kind.FRACTION, letters.length(), letters.length());
            case "X" -> number(Kind.OFFSET_OR_Z, 2, 4);
            case "XX" -> number(Kind.OFFSET_OR_Z, 4, 4);
            case "XXX" -> number(Kind.OFFSET_OR_Z, 5, 5);
            case "Z", "ZZ", "ZZZ" -> number(Kind.OFFSET, 4, 4);
            default -> throw invalid(pattern, "'" + letters + "' is not supported");
        };
    }

    private static PatternElement number(Kind kind, int min, int max) {
        return new PatternElement(kind, min, max, "");
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static TidewatchException invalid(String pattern, String problem) {
        return new TidewatchException(
                ErrorCode.CONFIGURATION_INVALID,
                "time pattern '" + pattern + "': " + problem + " (supported: " + SUPPORTED
                        + "; or one of rfc3339, epoch_s, epoch_ms, epoch_us, epoch_ns, weblog)");
    }
}
