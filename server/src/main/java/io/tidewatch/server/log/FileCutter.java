package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input and cuts it into parts, at places that depend on its bytes alone. Where records are lines, a part has whole
 * lines, for any thread to decode. Where they may have several, it is only known behind a record where the next one begins,
 * so a part is decoded when it is cut. For one thread at a time.
 */
final class FileCutter {
    private static final int BYTE_ORDER_MARK_LENGTH = 3;

    private final Source source;
    private final StreamFormat format;
    private final int partBytes;
    private final int recordBytes;
    private final @Nullable Decoder inOrder;
    private long count;
    private long place;
    /** What was read behind the last part. */
    private byte[] rest = {};
    /** Whether the line that goes on was refused for its length. */
    private boolean inLongLine;

    private boolean sourceEnded;
    private boolean ended;
    private @Nullable IOException broken;

    FileCutter(Source source, StreamFormat format, int partBytes) {
        this.source = source;
        this.format = format;
        this.partBytes = partBytes;
        this.recordBytes = format.limits().recordBytes();
        Decoder decoder = Decoders.of(format);
        this.inOrder = decoder.readsLines() ? null : decoder;
    }

    /** A part that can be filled again and again. */
    FilePart newPart() {
        return new FilePart(inOrder == null ? Decoders.of(format) : inOrder, partBytes);
    }

    /** Whether parts are decoded when they are cut. */
    boolean decodesInOrder() {
        return inOrder != null;
    }

    /** Whether there are no more parts. */
    boolean isEnded() {
        return ended;
    }

    /** Why the input ended before its end, if it did. */
    @Nullable
    IOException broken() {
        return broken;
    }

    /** Fills a part with what comes next. What fails otherwise than the input itself fails the part, which is the last one. */
    void cut(FilePart part) {
        part.begin(count++);
        try {
            if (inOrder == null) {
                cutLines(part);
            } else {
                cutRecords(part);
            }
            part.cut(ended, source.progress());
        } catch (RuntimeException | Error e) {
            part.fail(e);
            ended = true;
        }
    }

    private void cutRecords(FilePart part) {
        int end = fillBehindRest(part);
        decodeTo(part, end);
        while (part.ahead().isEmpty() && !sourceEnded) {
            end = fill(part, grown(part, end), end);
            decodeTo(part, end);
        }
        rest = part.rest();
        ended = sourceEnded && (rest.length == 0 || part.ahead().isEmpty());
    }

    private void decodeTo(FilePart part, int end) {
        // What stands behind the last whole record of a broken input is no record.
        part.setRange(0, end, sourceEnded && broken == null);
        part.decodeAhead();
    }

    private void cutLines(FilePart part) {
        int end = fillBehindRest(part);
        int start = inLongLine ? lineEnd(part.buffer(), end) : 0;
        int whole = wholeLinesEnd(part.buffer(), start, end);
        while (whole == start && !sourceEnded && !inLongLine && !isLong(start, end)) {
            end = fill(part, grown(part, end), end);
            whole = wholeLinesEnd(part.buffer(), start, end);
        }
        part.setPlace(place + start, inLongLine && start > 0 ? 1 : 0);
        boolean isLast = sourceEnded && broken == null;
        boolean goesOn = inLongLine && start == 0;
        inLongLine = !isLast && (goesOn || isLong(whole, end));
        int cut = isLast || inLongLine ? end : whole;
        part.setRange(goesOn ? cut : start, cut, isLast);
        place += cut;
        rest = Arrays.copyOfRange(part.buffer(), cut, end);
        ended = sourceEnded;
    }

    /** Whether a line that goes on is longer than the limit in any case, also if a byte order mark stands before it. */
    private boolean isLong(int start, int end) {
        int mark = place + start == 0 ? BYTE_ORDER_MARK_LENGTH : 0;
        return end - start > recordBytes + 1L + mark;
    }

    /** Where the first line ends, behind its line feed; 0 if it does not end before {@code end}. */
    private static int lineEnd(byte[] bytes, int end) {
        int at = 0;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at < end ? at + 1 : 0;
    }

    /** Where the last line of {@code bytes[start, end)} ends that has its line feed; {@code start} if there is none. */
    private static int wholeLinesEnd(byte[] bytes, int start, int end) {
        int at = end;
        while (at > start && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    /** A rest that fills a part by itself is decoded before more is read, so that it does not grow. */
    private int fillBehindRest(FilePart part) {
        int length = Math.max(partBytes, rest.length);
        part.reserve(length, 0);
        System.arraycopy(rest, 0, part.buffer(), 0, rest.length);
        return fill(part, length, rest.length);
    }

    private static int grown(FilePart part, int end) {
        part.reserve(2 * end, end);
        return part.buffer().length;
    }

    /** Reads up to {@code to} or the end of the input; returns where what was read ends. */
    private int fill(FilePart part, int to, int from) {
        int end = from;
        try {
            while (end < to && !sourceEnded) {
                int read = source.read(part.buffer(), end, to - end);
                end += read;
                sourceEnded = read == 0 && source.status() == Source.Status.ENDED;
            }
        } catch (IOException e) {
            broken = e;
            sourceEnded = true;
        }
        return end;
    }
}
