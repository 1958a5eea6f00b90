package io.tidewatch.codecs.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.row.RecordDecoder;
import io.tidewatch.codecs.row.RowCollector;
import io.tidewatch.codecs.row.Utf8;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes comma-separated values (RFC 4180). An empty value is NULL, but one in quotes is an empty VARCHAR.
 * A quote inside a value that does not begin with one is text. Empty lines are passed over; spaces are part of values.
 *
 * <p>When the header lacks a wanted column, or has it twice, every record is refused with that reason.
 */
public final class CsvDecoder extends RecordDecoder {
    private final Format.Csv format;
    private final RowCollector rows;
    private final CsvScanner scanner;
    private final int[] columnOfSlot;
    private byte[] copy = new byte[64];

    private final byte @Nullable [] nullText;
    private boolean isHeaderNext;
    private int columnCount;
    private @Nullable String headerProblem;

    /**
     * @throws TidewatchException CONFIGURATION_INVALID if the format names the columns and a field is none of them
     * @throws IllegalArgumentException if the decoder begins behind a header that it would need
     */
    public CsvDecoder(StreamFormat format, Format.Csv csv, Position from) {
        this(format, csv, new RowCollector(format, TimeFormat.RFC_3339), from);
    }

    private CsvDecoder(StreamFormat format, Format.Csv csv, RowCollector rows, Position from) {
        super(rows, format.limits(), from, true);
        this.format = csv;
        this.rows = rows;
        this.scanner = new CsvScanner(csv);
        this.columnOfSlot = new int[rows.slotCount()];
        this.nullText = csv.nullText() == null ? null : csv.nullText().getBytes(charset());
        this.isHeaderNext = csv.header() && from.place() == 0;
        if (!csv.columns().isEmpty()) {
            String problem = findColumns(csv.columns());
            if (problem != null) {
                throw new TidewatchException(ErrorCode.CONFIGURATION_INVALID, problem);
            }
        } else if (from.place() > 0) {
            throw new IllegalArgumentException(
                    "place: " + from.place() + " (expected: 0, or columns named by the format)");
        }
    }

    /** Finds the columns of the wanted fields; returns what is wrong with them, if anything is. */
    private @Nullable String findColumns(List<String> columns) {
        columnCount = columns.size();
        for (int slot = 0; slot < columnOfSlot.length; slot++) {
            FieldSpec field = rows.field(slot);
            int column = columns.indexOf(field.pathOrName());
            columnOfSlot[slot] = column;
            if (column < 0) {
                return "field '" + field.name() + "': there is no column '" + field.pathOrName()
                        + "' (columns: " + shown(columns) + ")";
            }
            if (columns.lastIndexOf(field.pathOrName()) != column) {
                return "field '" + field.name() + "': there are two columns '" + field.pathOrName()
                        + "'";
            }
        }
        return null;
    }

    private static String shown(List<String> columns) {
        String all = String.join(", ", columns);
        return all.length() > 200 ? all.substring(0, 200) + "…" : all;
    }

    @Override
    protected int blankEnd(byte[] bytes, int start) {
        return bytes[start] == '\r' ? start + 1 : start;
    }

    @Override
    protected int decodeRecord(byte[] bytes, int start, int whole) {
        int feed = scanner.scan(bytes, start, whole);
        if (feed == CsvScanner.UNFINISHED) {
            return UNFINISHED;
        }
        String problem = scanner.problem();
        if (isHeaderNext) {
            isHeaderNext = false;
            headerProblem = problem == null ? readHeader(bytes) : problem;
            if (hasLoneReturn(bytes, start, feed)) {
                fail(start, "carriage returns (CR) alone do not end lines (expected: LF or CR LF)");
            } else {
                passOver();
            }
        } else if (problem != null) {
            fail(scanner.problemAt(), problem);
        } else {
            readValues(bytes, start);
        }
        return feed;
    }

    /**
     * Whether the record that was scanned has a carriage return that is in no quotes and not part of its end, as if it were
     * all lines of an old Mac.
     */
    private boolean hasLoneReturn(byte[] bytes, int start, int feed) {
        int from = start;
        for (int column = 0; column < scanner.columnCount(); column++) {
            if (!scanner.isQuoted(column)
                    && hasReturn(bytes, scanner.start(column), scanner.end(column))) {
                return true;
            }
            from = scanner.end(column);
        }
        return scanner.problem() != null && hasReturn(bytes, from, feed - 1);
    }

    private static boolean hasReturn(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == '\r') {
                return true;
            }
        }
        return false;
    }

    /** Returns what is wrong with the header, if anything is. */
    private @Nullable String readHeader(byte[] bytes) {
        List<String> columns = format.columns();
        if (columns.isEmpty()) {
            return findColumns(header(bytes));
        }
        return scanner.columnCount() == columns.size()
                ? null
                : "it has " + scanner.columnCount() + " columns (expected: " + columns.size() + ")";
    }

    private Charset charset() {
        return switch (format.encoding()) {
            case UTF_8 -> UTF_8;
            case ISO_8859_1 -> ISO_8859_1;
        };
    }

    private List<String> header(byte[] bytes) {
        List<String> columns = new ArrayList<>();
        for (int column = 0; column < scanner.columnCount(); column++) {
            int start = scanner.start(column);
            String name = new String(bytes, start, scanner.end(column) - start, charset());
            String quote = String.valueOf(format.quote());
            columns.add(
                    scanner.hasDoubledQuotes(column) ? name.replace(quote + quote, quote) : name);
        }
        return columns;
    }

    private void readValues(byte[] bytes, int start) {
        if (headerProblem != null) {
            fail(start, "the header does not fit: " + headerProblem);
        } else if (scanner.columnCount() != columnCount) {
            fail(start, scanner.columnCount() + " columns (expected: " + columnCount + ")");
        } else {
            for (int slot = 0; slot < columnOfSlot.length && !hasFailed(); slot++) {
                read(slot, columnOfSlot[slot], bytes);
            }
        }
    }

    private void read(int slot, int column, byte[] bytes) {
        int start = scanner.start(column);
        int end = scanner.end(column);
        boolean fits;
        if (!scanner.isQuoted(column) && isNull(bytes, start, end)) {
            fits = rows.nothing(slot);
        } else if (scanner.hasDoubledQuotes(column) || hasLatin(bytes, start, end)) {
            int length = copyDecoded(column, bytes, start, end);
            fits = rows.text(slot, copy, 0, length);
        } else {
            fits = rows.text(slot, bytes, start, end);
        }
        if (!fits) {
            fail(start, rows.misfit(slot, isNull(bytes, start, end)));
        }
    }

    private boolean isNull(byte[] bytes, int start, int end) {
        return start == end
                || (nullText != null
                        && Arrays.equals(bytes, start, end, nullText, 0, nullText.length));
    }

    /** Whether a value must be transcoded. */
    private boolean hasLatin(byte[] bytes, int start, int end) {
        if (format.encoding() == Format.Encoding.UTF_8) {
            return false;
        }
        for (int at = start; at < end; at++) {
            if (bytes[at] < 0) {
                return true;
            }
        }
        return false;
    }

    private int copyDecoded(int column, byte[] bytes, int start, int end) {
        if (copy.length < 2 * (end - start)) {
            copy = new byte[2 * (end - start)];
        }
        boolean hasDoubled = scanner.hasDoubledQuotes(column);
        boolean isLatin = format.encoding() == Format.Encoding.ISO_8859_1;
        int length = 0;
        for (int at = start; at < end; at++) {
            if (hasDoubled && bytes[at] == format.quote()) {
                at++;
            }
            if (isLatin) {
                length = Utf8.encode(bytes[at] & 0xFF, copy, length);
            } else {
                copy[length++] = bytes[at];
            }
        }
        return length;
    }
}
