package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** A pattern of letters that writes times and reads them, always with English names. */
final class TimestampPattern {
    /** What the letters mean. */
    static final String LETTERS =
            "yyyy or yy year; M, MM, MMM, MMMM month (2, 02, Feb, February); d, dd day; DDD day of the "
                    + "year; H, HH hour (0 to 23); h, hh hour (1 to 12) with a for AM or PM; m, mm minute; s, ss second; S to "
                    + "SSSSSSSSS fraction of the second; EEE, EEEE weekday (Thu, Thursday); XXX or xx offset from UTC (+01:00 or Z, "
                    + "+0100). Other letters are put in quotes.";

    /** What {@link #parse} returns for text that is not of the pattern: no TIMESTAMP has this value. */
    static final long NO_MATCH = Long.MIN_VALUE;

    private final String text;
    private final List<Part> parts;

    private TimestampPattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    /** Something to write or read, one after the other. */
    record Part(TimestampField field, int width, String literal) {}

    /** @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID for letters without meaning */
    static TimestampPattern compile(String text) {
        List<Part> parts = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char letter = text.charAt(i);
            int end = i + 1;
            if (letter == '\'') {
                end = quoted(text, i, parts);
            } else if (letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z') {
                while (end < text.length() && text.charAt(end) == letter) {
                    end++;
                }
                parts.add(new Part(TimestampField.of(letter, end - i, text), end - i, ""));
            } else {
                end = text.offsetByCodePoints(i, 1);
                parts.add(new Part(TimestampField.LITERAL, 0, text.substring(i, end)));
            }
            i = end;
        }
        return new TimestampPattern(text, parts);
    }

    private static int quoted(String text, int start, List<Part> parts) {
        if (text.startsWith("''", start)) {
            parts.add(new Part(TimestampField.LITERAL, 0, "'"));
            return start + 2;
        }
        int end = text.indexOf('\'', start + 1);
        if (end < 0) {
            throw Expressions.invalid("time pattern '" + text.replace("'", "''")
                    + "': a quote is not closed; write '' for a quote itself");
        }
        parts.add(new Part(TimestampField.LITERAL, 0, text.substring(start + 1, end)));
        return end + 1;
    }

    /** @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID if the pattern does not tell a time */
    void requireDate() {
        boolean monthAndDay = has(TimestampField.DAY)
                && (has(TimestampField.MONTH)
                        || has(TimestampField.MONTH_SHORT)
                        || has(TimestampField.MONTH_LONG));
        boolean year = has(TimestampField.YEAR) || has(TimestampField.YEAR_OF_CENTURY);
        if (!year || !monthAndDay && !has(TimestampField.DAY_OF_YEAR)) {
            throw Expressions.invalid("time pattern '" + text
                    + "' does not tell a date; it needs a year, a month and a day");
        }
        if (has(TimestampField.HOUR_OF_HALF_DAY) && !has(TimestampField.HALF_DAY)) {
            throw Expressions.invalid(
                    "time pattern '" + text
                            + "' has hours from 1 to 12 (h) without AM or PM (a); use H for hours from 0 to 23");
        }
    }

    private boolean has(TimestampField field) {
        return parts.stream().anyMatch(part -> part.field == field);
    }

    /** Writes a time by the clock of a zone. */
    void format(long time, Zone zone, ByteWriter out) {
        long offset = zone.offsetAt(time);
        for (Part part : parts) {
            if (part.field == TimestampField.LITERAL) {
                byte[] bytes = part.literal.getBytes(UTF_8);
                out.writeRaw(bytes, 0, bytes.length);
            } else {
                part.field.write(time + offset, offset, part.width, out);
            }
        }
    }

    /** The time that a text says, by the clock of a zone unless it says the offset; or {@link #NO_MATCH}. */
    long parse(byte[] bytes, int start, int length, Zone zone) {
        TimestampParts found = new TimestampParts(bytes, start, start + length);
        for (Part part : parts) {
            boolean read = part.field == TimestampField.LITERAL
                    ? found.takeLiteral(part.literal.getBytes(UTF_8))
                    : part.field.read(found, part.width);
            if (!read) {
                return NO_MATCH;
            }
        }
        return found.isAtEnd() ? found.time(zone) : NO_MATCH;
    }
}
