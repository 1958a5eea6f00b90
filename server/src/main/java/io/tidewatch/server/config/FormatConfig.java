package io.tidewatch.server.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How rows stand in bytes.
 *
 * @param delimiter what separates the values of a CSV record
 * @param quote what encloses a CSV value that holds delimiters
 * @param header whether a CSV file starts with the names of its columns
 * @param columns the names of the columns of a CSV file without header
 * @param nullText the text that means NULL in CSV
 * @param pattern the regular expression with named groups, for {@link Kind#REGEX}
 */
public record FormatConfig(
        Kind kind,
        char delimiter,
        char quote,
        boolean header,
        List<String> columns,
        Optional<String> nullText,
        Optional<String> pattern) {
    /** JSON lines. */
    public static final FormatConfig JSON = of(Kind.JSON);

    public FormatConfig {
        columns = List.copyOf(columns);
    }

    public static FormatConfig of(Kind kind) {
        return new FormatConfig(
                kind, ',', '"', true, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * The format that the ending of a name suggests: {@code .csv}, {@code .tsv}, {@code .json}, {@code .jsonl}, {@code
     * .ndjson}, also with {@code .gz}.
     */
    public static Optional<FormatConfig> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
        int dot = plain.lastIndexOf('.');
        return switch (dot < 0 ? "" : plain.substring(dot + 1)) {
            case "csv" -> Optional.of(of(Kind.CSV));
            case "tsv" ->
                Optional.of(new FormatConfig(
                        Kind.CSV, '\t', '"', true, List.of(), Optional.empty(), Optional.empty()));
            case "json", "jsonl", "ndjson" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    /** The formats, named in files in lower case. */
    public enum Kind {
        /** One JSON object per line. */
        JSON,
        /** Comma-separated values (RFC 4180). */
        CSV,
        /** The common log format of web servers. */
        COMMON,
        /** The combined log format of web servers. */
        COMBINED,
        /** Lines of {@code key=value}. */
        LOGFMT,
        /** Lines that a regular expression with named groups takes apart. */
        REGEX
    }
}
