package io.tidewatch.codecs.csv;

import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.bytes.Words;
import io.tidewatch.codecs.row.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the values of one CSV record. */
final class CsvScanner {
    /** The record goes on behind the bytes that may be seen. */
    static final int UNFINISHED = -1;

    private static final int COLUMNS_FIRST = 16;
    private static final long LINE_FEEDS = Words.eight((byte) '\n');

    private final byte delimiter;
    private final byte quote;
    private final long delimiters;
    private final long quotes;
    private final boolean isUtf8;

    private int columnCount;
    private int[] starts = new int[COLUMNS_FIRST];
    private int[] ends = new int[COLUMNS_FIRST];
    private boolean[] quoted = new boolean[COLUMNS_FIRST];
    private boolean[] doubled = new boolean[COLUMNS_FIRST];

    private @Nullable String problem;
    private int problemAt;

    CsvScanner(Format.Csv format) {
        this.delimiter = (byte) format.delimiter();
        this.quote = (byte) format.quote();
        this.delimiters = Words.eight(delimiter);
        this.quotes = Words.eight(quote);
        this.isUtf8 = format.encoding() == Format.Encoding.UTF_8;
    }

    int columnCount() {
        return columnCount;
    }

    /** Where the value stands, without its quotes. */
    int start(int column) {
        return starts[column];
    }

    int end(int column) {
        return ends[column];
    }

    /** Whether the value stands in quotes. */
    boolean isQuoted(int column) {
        return quoted[column];
    }

    /** Whether it has doubled quotes that stand for one. */
    boolean hasDoubledQuotes(int column) {
        return doubled[column];
    }

    @Nullable
    String problem() {
        return problem;
    }

    int problemAt() {
        return problemAt;
    }

    /**
     * Scans the record at {@code start}; {@code bytes[whole - 1]} is a line feed.
     *
     * @return the index of the record's last line feed (of a malformed record: the first one after the fault), or {@link
     *     #UNFINISHED}
     */
    int scan(byte[] bytes, int start, int whole) {
        problem = null;
        columnCount = 0;
        int at = start;
        while (true) {
            int end = bytes[at] == quote ? quoted(bytes, at, whole) : unquoted(bytes, at);
            if (end == UNFINISHED || bytes[end] == '\n') {
                return end;
            }
            if (problem != null) {
                return lineFeed(bytes, end);
            }
            at = end + 1;
        }
    }

    private static int lineFeed(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Returns the index of the delimiter or the line feed behind the value, or of the fault. */
    private int unquoted(byte[] bytes, int start) {
        int at = Words.pass(bytes, start, delimiters, LINE_FEEDS);
        byte b = bytes[at];
        while (b != delimiter && b != '\n') {
            int length = characterLength(bytes, at);
            if (length == 0) {
                return at;
            }
            at = Words.pass(bytes, at + length, delimiters, LINE_FEEDS);
            b = bytes[at];
        }
        int end = b == '\n' && at > start && bytes[at - 1] == '\r' ? at - 1 : at;
        add(start, end, false, false);
        return at;
    }

    private int quoted(byte[] bytes, int start, int whole) {
        boolean hasDoubled = false;
        int at = Words.pass(bytes, start + 1, quotes, quotes);
        while (at < whole) {
            byte b = bytes[at];
            if (b == quote) {
                if (bytes[at + 1] != quote) {
                    add(start + 1, at, true, hasDoubled);
                    return afterQuote(bytes, at + 1);
                }
                hasDoubled = true;
                at++;
            }
            int length = characterLength(bytes, at);
            if (length == 0) {
                return at;
            }
            at = Words.pass(bytes, at + length, quotes, quotes);
        }
        return UNFINISHED;
    }

    private int afterQuote(byte[] bytes, int start) {
        int at = bytes[start] == '\r' && bytes[start + 1] == '\n' ? start + 1 : start;
        if (bytes[at] != delimiter && bytes[at] != '\n') {
            fail(start, "a quoted value goes on after its closing quote");
        }
        return at;
    }

    private int characterLength(byte[] bytes, int at) {
        if (bytes[at] >= 0 || !isUtf8) {
            return 1;
        }
        int length = Utf8.length(bytes, at);
        if (length == 0) {
            fail(at, "not UTF-8");
        }
        return length;
    }

    private void fail(int at, String reason) {
        problem = reason;
        problemAt = at;
    }

    private void add(int start, int end, boolean isQuoted, boolean hasDoubled) {
        if (columnCount == starts.length) {
            starts = Arrays.copyOf(starts, 2 * columnCount);
            ends = Arrays.copyOf(ends, 2 * columnCount);
            quoted = Arrays.copyOf(quoted, 2 * columnCount);
            doubled = Arrays.copyOf(doubled, 2 * columnCount);
        }
        starts[columnCount] = start;
        ends[columnCount] = end;
        quoted[columnCount] = isQuoted;
        doubled[columnCount] = hasDoubled;
        columnCount++;
    }
}
