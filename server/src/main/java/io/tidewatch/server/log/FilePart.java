package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Bytes of a file that are read, decoded and given together, by one thread. It is used again for later ones. */
final class FilePart {
    /** How many batches are made before their turn; of very short records, the others are made then. */
    private static final int AHEAD_MAX = 4;

    private final Decoder decoder;
    private final List<Decoded> ahead = new ArrayList<>();
    private byte[] buffer;
    private int start;
    private int end;
    private boolean isWhole;
    private boolean isLast;
    private long number;
    private int linesBefore;
    private OptionalDouble progress = OptionalDouble.empty();
    private @Nullable Throwable failure;

    FilePart(Decoder decoder, int bytes) {
        this.decoder = decoder;
        this.buffer = new byte[bytes];
    }

    byte[] buffer() {
        return buffer;
    }

    /** Makes room for at least so many bytes; those before {@code kept} stay. */
    void reserve(int bytes, int kept) {
        if (buffer.length < bytes) {
            byte[] longer = new byte[bytes];
            System.arraycopy(buffer, 0, longer, 0, kept);
            buffer = longer;
        }
    }

    /** Becomes the part of that number, of which nothing is known yet. */
    void begin(long newNumber) {
        number = newNumber;
        failure = null;
        isLast = false;
        ahead.clear();
        setRange(0, 0, false);
    }

    long number() {
        return number;
    }

    /** Says where the bytes stand, and whether a last record without a line end is whole. */
    void setRange(int from, int to, boolean whole) {
        start = from;
        end = to;
        isWhole = whole;
    }

    /** Says whether it is the last one, and how far the input was read with it. */
    void cut(boolean last, OptionalDouble read) {
        isLast = last;
        progress = read;
    }

    /** Whether no other part follows. */
    boolean isLast() {
        return isLast;
    }

    /** The part is {@code place} bytes behind the start of the input, and so many lines behind the part before. */
    void setPlace(long place, int lines) {
        decoder.moveTo(new Position(0, place, 0));
        linesBefore = lines;
    }

    int linesBefore() {
        return linesBefore;
    }

    /** Where the records end that were decoded, counted from where the decoder began. */
    Position decodedTo() {
        return decoder.position();
    }

    OptionalDouble progress() {
        return progress;
    }

    void fail(Throwable cause) {
        failure = cause;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Decodes what is there, or the first batches of it. */
    void decodeAhead() {
        Decoded decoded = next();
        while (decoded != null) {
            ahead.add(decoded);
            decoded = ahead.size() < AHEAD_MAX ? next() : null;
        }
    }

    List<Decoded> ahead() {
        return ahead;
    }

    /** Decodes the next batch, if there is one. */
    @Nullable
    Decoded next() {
        if (start == end) {
            return null;
        }
        Decoded decoded = decoder.decode(buffer, start, end, isWhole);
        start += decoded.consumed();
        if (decoded.consumed() > 0) {
            return decoded;
        }
        decoded.release();
        return null;
    }

    /** The bytes that were not decoded. */
    byte[] rest() {
        return Arrays.copyOfRange(buffer, start, end);
    }
}
