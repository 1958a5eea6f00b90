package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives a bounded input to a sink, batch by batch, without receive times and ticks, which a plain file does not have. Decodes
 * ahead in a thread of its own, a few batches. An input that fails ends there: the whole records before take part.
 */
public final class FileReader implements AutoCloseable {
    private final PartitionSpec spec;
    private final Source source;
    private final PartitionDecoder decoder;
    private final Ahead<Piece> pieces;
    private boolean sourceEnded;
    private @Nullable IOException broken;
    private long records;
    private @Nullable String failure;
    private long latest = Times.BEGINNING;
    private OptionalDouble progress = OptionalDouble.empty();
    private boolean ended;

    /** What one call of the decoder made, and how far the input was read then. */
    private record Piece(
            Decoded decoded,
            OptionalDouble progress,
            boolean last,
            @Nullable IOException broken) {}

    public FileReader(PartitionSpec spec, Source source, StreamFormat format) {
        this.spec = spec;
        this.source = source;
        this.decoder = new PartitionDecoder(format);
        this.pieces = new Ahead<>("decode-" + spec.stream(), this::decode);
    }

    /** Declares the partition. */
    public void declare(LogSink sink) {
        sink.partition(spec);
    }

    public boolean isEnded() {
        return ended;
    }

    /** Why the input ended before its end, with the place; empty if it did not. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** The greatest event time that was given; {@link Times#BEGINNING} before the first. */
    public long latest() {
        return latest;
    }

    /** The part of the input that was read, from 0 to 1, where it is known. */
    public OptionalDouble progress() {
        return ended ? OptionalDouble.of(1) : progress;
    }

    /** Gives the next rows. */
    public void next(LogSink sink) {
        Piece piece = pieces.next();
        progress = piece.progress();
        if (piece.decoded().consumed() > 0) {
            follow(piece.decoded());
            sink.rows(spec.number(), piece.decoded(), 0, OptionalLong.empty());
        }
        if (piece.last()) {
            ended = true;
            if (piece.broken() != null) {
                failure = spec.source() + ": " + piece.broken().getMessage() + ", after " + records
                        + " records; what comes then is missing";
            }
            sink.end(spec.number());
        }
    }

    @Override
    public void close() {
        pieces.close();
        try {
            source.close();
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, spec.source() + ": " + e.getMessage(), e);
        }
    }

    private Piece decode() {
        // What stands behind the last whole record of a broken input is no record.
        Decoded decoded = decoder.decode(sourceEnded && broken == null);
        while (decoded.consumed() == 0 && !sourceEnded) {
            fill();
            decoded = decoder.decode(sourceEnded && broken == null);
        }
        boolean last = broken == null ? sourceEnded && decoder.isEmpty() : decoded.consumed() == 0;
        return new Piece(decoded, source.progress(), last, broken);
    }

    private void fill() {
        try {
            // Making room may replace the buffer and move its end.
            int free = decoder.free();
            int count = source.read(decoder.buffer(), decoder.end(), free);
            decoder.filled(count);
            sourceEnded = count == 0 && source.status() == Source.Status.ENDED;
        } catch (IOException e) {
            broken = e;
            sourceEnded = true;
        }
    }

    private void follow(Decoded decoded) {
        records += decoded.rowCount() + decoded.refusals().size();
        long[] times = decoded.eventTimes();
        for (int row = 0; row < decoded.rowCount(); row++) {
            latest = Math.max(latest, times[row]);
        }
    }
}
