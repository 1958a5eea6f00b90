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
 * Decodes an input of one record per line. Lines end with a line feed, or a carriage return and a line feed; a line of only
 * spaces and tabs is not a record. A byte order mark at the start of the input is passed over.
 *
 * <p>A line is handed to {@link #decodeLine} only when its line feed is in the buffer, so that scanning loops need no other
 * bound: they must stop at every line feed. A last line without one is decoded from a copy that has it.
 */
public abstract class LineDecoder implements Decoder {
    private static final int BYTE_ORDER_MARK_LENGTH = 3;

    private final RowCollector rows;
    private final Limits limits;
    private long ordinal;
    private long place;
    private long line;
    private boolean isSkipping;

    private @Nullable String problem;
    private int problemAt;
    private ErrorCode problemCode = ErrorCode.INPUT_MALFORMED;

    protected LineDecoder(RowCollector rows, Limits limits, Position from) {
        this.rows = rows;
        this.limits = limits;
        this.ordinal = from.ordinal();
        this.place = from.place();
        this.line = from.line();
    }

    /**
     * Decodes the line that starts at {@code start} into the collector's row, or calls {@link #fail} or {@link #failLimit}.
     *
     * @return the index of the line's line feed
     */
    protected abstract int decodeLine(byte[] bytes, int start);

    /** Refuses the current record, unless it was already. */
    protected final void fail(int at, String reason) {
        fail(ErrorCode.INPUT_MALFORMED, at, reason);
    }

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

    @Override
    public final Position position() {
        return new Position(ordinal, place, line);
    }

    @Override
    public final Decoded decode(byte[] buffer, int start, int end, boolean last) {
        Objects.checkFromToIndex(start, end, buffer.length);
        int whole = lastLineFeed(buffer, start, end) + 1;
        boolean isLastLine = last && whole <= start && start < end;
        if (isLastLine && !isSkipping) {
            byte[] closed = Arrays.copyOfRange(buffer, start, end + 1);
            closed[end - start] = '\n';
            return decodeLines(closed, 0, closed.length, end - start);
        }
        return decodeLines(buffer, start, Math.max(whole, start), end);
    }

    /** Decodes the lines of {@code [start, whole)}, each with its line feed; the input goes on up to {@code end}. */
    private Decoded decodeLines(byte[] buffer, int start, int whole, int end) {
        rows.begin(buffer);
        int at = start;
        if (isSkipping) {
            at = skip(buffer, start, end);
        }
        at = passByteOrderMark(buffer, at, end);
        while (at < whole && !rows.isFull()) {
            at = next(buffer, at);
        }
        // Allows for a carriage return as the last byte.
        if (at == whole && end - at > limits.recordBytes() + 1L && !rows.isFull()) {
            refuseLong(buffer, at, at + limits.recordBytes());
            isSkipping = true;
            at = advance(at, end);
        }
        int consumed = Math.min(at, end) - start;
        place -= at - start - consumed;
        return rows.finish(consumed);
    }

    private int passByteOrderMark(byte[] bytes, int at, int end) {
        boolean isMarked = place == 0
                && end - at >= BYTE_ORDER_MARK_LENGTH
                && bytes[at] == (byte) 0xEF
                && bytes[at + 1] == (byte) 0xBB
                && bytes[at + 2] == (byte) 0xBF;
        return isMarked ? advance(at, at + BYTE_ORDER_MARK_LENGTH) : at;
    }

    private int next(byte[] bytes, int start) {
        int blankEnd = blankEnd(bytes, start);
        if (bytes[blankEnd] == '\n') {
            line++;
            return advance(start, blankEnd + 1);
        }
        problem = null;
        int feed = decodeLine(bytes, start);
        int end = feed > start && bytes[feed - 1] == '\r' ? feed - 1 : feed;
        if (end - start > limits.recordBytes()) {
            refuseLong(bytes, start, start + limits.recordBytes());
        } else if (problem == null) {
            rows.accept(ordinal++, place, start, end);
        } else {
            refuse(
                    problemCode,
                    column(start) + problem,
                    Ascii.excerpt(bytes, start, end, problemAt));
        }
        line++;
        return advance(start, feed + 1);
    }

    private String column(int start) {
        return "column " + (problemAt - start + 1) + ": ";
    }

    private static int blankEnd(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
            at++;
        }
        return at;
    }

    private void refuseLong(byte[] bytes, int start, int end) {
        refuse(
                ErrorCode.LIMIT_REACHED,
                "longer than " + limits.recordBytes() + " bytes (limit record_bytes)",
                Ascii.excerpt(bytes, start, end, start) + "…");
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
