package io.tidewatch.codecs.row;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.Refusal;
import io.tidewatch.kernel.error.ErrorCode;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an input of records that end with a line, which ends with a line feed, or a carriage return and a line feed. A
 * byte order mark at the start of the input is passed over.
 *
 * <p>{@link #decodeRecord} sees only lines whose line feed is in the buffer, so that scanning loops that stop at line feeds
 * need no other bound. A last line without one is decoded from a copy that has it.
 *
 * <p>Of a record that is longer than the limit, or never ends, the first line is refused, so that one stray quote costs one
 * line. That decision needs no more of the input than the limit.
 */
public abstract class RecordDecoder implements Decoder {
    /** What {@link #decodeRecord} returns for a record that goes on behind the lines that it may see. */
    protected static final int UNFINISHED = -1;

    private static final int BYTE_ORDER_MARK_LENGTH = 3;

    private final RowCollector rows;
    private final Limits limits;
    private final boolean hasLongRecords;
    private long ordinal;
    private long place;
    private long line;
    private boolean isSkipping;

    private @Nullable String problem;
    private int problemAt;
    private ErrorCode problemCode = ErrorCode.INPUT_MALFORMED;
    private boolean isRecord;

    /** A decoder from a position on, of records that may have more than one line each or not. */
    protected RecordDecoder(
            RowCollector rows, Limits limits, Position from, boolean hasLongRecords) {
        this.rows = rows;
        this.limits = limits;
        this.hasLongRecords = hasLongRecords;
        this.ordinal = from.ordinal();
        this.place = from.place();
        this.line = from.line();
    }

    /** Begins with bytes of which those before {@code whole} are whole lines, and that do not change while they are decoded. */
    protected void begin(byte[] bytes, int whole) {}

    /**
     * Decodes the record that starts at {@code start} into the collector's row, or calls one of {@link #fail}, {@link
     * #failLimit} and {@link #passOver}.
     *
     * @param whole where the lines end that may be seen, after a line feed
     * @return the index of the record's last line feed, or {@link #UNFINISHED}
     */
    protected abstract int decodeRecord(byte[] bytes, int start, int whole);

    /** The line feed of a blank line that starts at {@code start}, or another byte: here, lines of spaces and tabs are blank. */
    protected int blankEnd(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
            at++;
        }
        return at;
    }

    /** Refuses the current record, unless it was already. */
    protected final void fail(int at, String reason) {
        fail(ErrorCode.INPUT_MALFORMED, at, reason);
    }

    /** Refuses the current record for a limit, unless it was already refused. */
    protected final void failLimit(int at, String reason) {
        fail(ErrorCode.LIMIT_REACHED, at, reason);
    }

    private void fail(ErrorCode code, int at, String reason) {
        if (problem == null) {
            problem = reason;
            problemAt = at;
            problemCode = code;
        }
    }

    protected final boolean hasFailed() {
        return problem != null;
    }

    /** What was decoded is no record but a header: it is not counted. */
    protected final void passOver() {
        isRecord = false;
    }

    @Override
    public final Position position() {
        return new Position(ordinal, place, line);
    }

    @Override
    public final boolean readsLines() {
        return !hasLongRecords;
    }

    @Override
    public final void moveTo(Position to) {
        if (hasLongRecords) {
            throw new IllegalStateException("records may have several lines");
        }
        ordinal = to.ordinal();
        place = to.place();
        line = to.line();
        isSkipping = false;
    }

    @Override
    public final Decoded decode(byte[] buffer, int start, int end, boolean last) {
        Objects.checkFromToIndex(start, end, buffer.length);
        int whole = lastLineFeed(buffer, start, end) + 1;
        boolean endsInLine = last && whole < end;
        if (endsInLine && whole <= start && !isSkipping) {
            return decodeClosed(buffer, start, end);
        }
        rows.begin(buffer, place - start);
        int at = decodeLines(buffer, start, Math.max(whole, start), end, last && !endsInLine);
        if (at == start && endsInLine && !isSkipping) {
            return decodeClosed(buffer, start, end);
        }
        return rows.finish(at - start);
    }

    /** Decodes the rest of the input with the line feed that its last line lacks. */
    private Decoded decodeClosed(byte[] buffer, int start, int end) {
        int length = end - start;
        byte[] closed = Arrays.copyOfRange(buffer, start, end + 1);
        closed[length] = '\n';
        rows.begin(closed, place);
        int at = decodeLines(closed, 0, length + 1, length + 1, true);
        if (at > length) {
            place--;
            line--;
        }
        return rows.finish(Math.min(at, length));
    }

    /**
     * Decodes the lines of {@code [start, whole)}, each with its line feed; the input goes on up to {@code end}, and no
     * further if {@code last}. Returns where it stopped.
     */
    private int decodeLines(byte[] buffer, int start, int whole, int end, boolean last) {
        begin(buffer, whole);
        int at = isSkipping ? skip(buffer, start, end) : start;
        at = passByteOrderMark(buffer, at, end);
        int from = -1;
        while (at < whole && at != from && !rows.isFull()) {
            from = at;
            at = next(buffer, at, whole, end, last);
        }
        if (at == whole && isLong(at, end) && !rows.isFull()) {
            refuseLong(buffer, at);
            isSkipping = true;
            at = advance(at, end);
        }
        return at;
    }

    /** Whether what starts there is certainly longer than the limit, also if its last byte is a carriage return. */
    private boolean isLong(int start, int end) {
        return end - start > limits.recordBytes() + 1L;
    }

    private int passByteOrderMark(byte[] bytes, int at, int end) {
        boolean isMarked = place == 0
                && end - at >= BYTE_ORDER_MARK_LENGTH
                && bytes[at] == (byte) 0xEF
                && bytes[at + 1] == (byte) 0xBB
                && bytes[at + 2] == (byte) 0xBF;
        return isMarked ? advance(at, at + BYTE_ORDER_MARK_LENGTH) : at;
    }

    /** Decodes a record; returns where the next one starts, or {@code start} if more of the input is needed. */
    private int next(byte[] bytes, int start, int whole, int inputEnd, boolean last) {
        if (bytes[start] <= ' ') {
            int blankEnd = blankEnd(bytes, start);
            if (bytes[blankEnd] == '\n') {
                line++;
                return advance(start, blankEnd + 1);
            }
        }
        problem = null;
        isRecord = true;
        int feed = decodeRecord(bytes, start, whole);
        if (feed == UNFINISHED && !last && !isLong(start, inputEnd)) {
            return start;
        }
        int end = feed == UNFINISHED ? inputEnd : textEnd(bytes, start, feed);
        if (end - start > limits.recordBytes()) {
            refuseLong(bytes, start);
            feed = firstLineFeed(bytes, start);
        } else if (feed == UNFINISHED) {
            feed = firstLineFeed(bytes, start);
            refuseUnfinished(bytes, start, textEnd(bytes, start, feed));
        } else if (problem != null) {
            refuse(
                    problemCode,
                    column(start) + problem,
                    Ascii.excerpt(bytes, start, end, problemAt));
        } else if (isRecord) {
            rows.accept(ordinal++, start, end);
        }
        countLines(bytes, start, feed);
        return advance(start, feed + 1);
    }

    private static int textEnd(byte[] bytes, int start, int feed) {
        return feed > start && bytes[feed - 1] == '\r' ? feed - 1 : feed;
    }

    private static int firstLineFeed(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** How many lines a record has is counted again only by decoders whose records may have several. */
    private void countLines(byte[] bytes, int start, int feed) {
        line++;
        if (hasLongRecords) {
            for (int at = start; at < feed; at++) {
                line += bytes[at] == '\n' ? 1 : 0;
            }
        }
    }

    private String column(int start) {
        return "column " + (problemAt - start + 1) + ": ";
    }

    private void refuseLong(byte[] bytes, int start) {
        String excerpt = Ascii.excerpt(bytes, start, start + limits.recordBytes(), start);
        String reason = "longer than " + limits.recordBytes() + " bytes (limit record_bytes)";
        refuse(
                ErrorCode.LIMIT_REACHED,
                hasLongRecords ? reason + "; if a quote is not closed, close it" : reason,
                excerpt.endsWith("…") ? excerpt : excerpt + "…");
    }

    private void refuseUnfinished(byte[] bytes, int start, int end) {
        problemAt = start;
        refuse(
                ErrorCode.INPUT_MALFORMED,
                column(start) + "a quote is not closed before the end of the input",
                Ascii.excerpt(bytes, start, end, start));
    }

    private void refuse(ErrorCode code, String reason, String excerpt) {
        rows.refuse(new Refusal(ordinal++, place, line + 1, code, reason, excerpt));
    }

    /** Passes over the rest of a line that was refused for its length. */
    private int skip(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == '\n') {
                isSkipping = false;
                line++;
                return advance(start, at + 1);
            }
        }
        return advance(start, end);
    }

    private int advance(int from, int to) {
        place += to - from;
        return to;
    }

    private static int lastLineFeed(byte[] bytes, int start, int end) {
        int at = end - 1;
        while (at >= start && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
