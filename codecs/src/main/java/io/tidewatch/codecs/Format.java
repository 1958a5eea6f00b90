package io.tidewatch.codecs;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How records are written. */
public sealed interface Format {
    Kind kind();

    /** One JSON object per line (RFC 8259). */
    record Json() implements Format {
        @Override
        public Kind kind() {
            return Kind.JSON;
        }
    }

    /**
     * Comma-separated values (RFC 4180).
     *
     * @param delimiter the character between values, ASCII
     * @param quote the character around values, ASCII
     * @param header whether the first record names the columns
     * @param columns the names of the columns, in order; with a header, they replace its names; empty to use those
     * @param nullText what a NULL is written as, without quotes, beside the empty value; {@code null} for nothing else
     * @param encoding how text is written
     */
    record Csv(
            char delimiter,
            char quote,
            boolean header,
            List<String> columns,
            @Nullable String nullText,
            Encoding encoding)
            implements Format {
        /** Commas, double quotes and a header. */
        public static final Csv DEFAULT = new Csv(',', '"', true, List.of(), null, Encoding.UTF_8);

        public Csv {
            requireSeparator("delimiter", delimiter);
            requireSeparator("quote", quote);
            if (delimiter == quote) {
                throw new IllegalArgumentException(
                        "delimiter and quote are both '" + quote + "' (expected: different)");
            }
            columns = List.copyOf(columns);
            if (!header && columns.isEmpty()) {
                throw new IllegalArgumentException(
                        "columns: none (expected: names, without a header)");
            }
            requireNonNull(encoding, "encoding");
        }

        @Override
        public Kind kind() {
            return Kind.CSV;
        }

        private static void requireSeparator(String what, char value) {
            if (value >= 0x7F || (value < ' ' && value != '\t')) {
                throw new IllegalArgumentException(what + ": U+" + Integer.toHexString(value)
                        + " (expected: printable ASCII or a tab)");
            }
        }
    }

    /** The common log format of web servers (NCSA): client, ident, user, time, request, status, bytes. */
    record Common() implements Format {
        @Override
        public Kind kind() {
            return Kind.COMMON;
        }
    }

    /** {@link Common} followed by referer and agent. */
    record Combined() implements Format {
        @Override
        public Kind kind() {
            return Kind.COMBINED;
        }
    }

    /**
     * Lines that match a regular expression as a whole; its named groups are the fields.
     *
     * @param pattern RE2 syntax, which is matched in linear time
     */
    record Regex(String pattern) implements Format {
        public Regex {
            requireNonNull(pattern, "pattern");
        }

        @Override
        public Kind kind() {
            return Kind.REGEX;
        }
    }

    /** Lines of {@code key=value} pairs. */
    record Logfmt() implements Format {
        @Override
        public Kind kind() {
            return Kind.LOGFMT;
        }
    }

    /** The kinds of formats. */
    enum Kind {
        JSON,
        CSV,
        COMMON,
        COMBINED,
        REGEX,
        LOGFMT
    }

    /** How text is written as bytes. */
    enum Encoding {
        UTF_8,
        ISO_8859_1
    }
}
