package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Gives a bounded input to a sink, batch by batch, without receive times and ticks, which a plain file does not have. Decodes
 * ahead in a thread of its own, a few batches.
 */
public final class FileReader implements AutoCloseable {
    private final PartitionSpec spec;
    private final Source source;
    private final PartitionDecoder decoder;
    private final Ahead<Piece> pieces;
    private boolean sourceEnded;
    private long latest = Times.BEGINNING;
    private OptionalDouble progress = OptionalDouble.empty();
    private boolean ended;

    /** What one call of the decoder made, and how far the input was read then. */
    private record Piece(Decoded decoded, OptionalDouble progress, boolean last) {}

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
            sink.end(spec.number());
        }
    }

    @Override
    public void close() {
        pieces.close();
        try {
            source.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Piece decode() {
        Decoded decoded = decoder.decode(sourceEnded);
        while (decoded.consumed() == 0 && !sourceEnded) {
            fill();
            decoded = decoder.decode(sourceEnded);
        }
        return new Piece(decoded, source.progress(), sourceEnded && decoder.isEmpty());
    }

    private void fill() {
        try {
            // Making room may replace the buffer and move its end.
            int free = decoder.free();
            int count = source.read(decoder.buffer(), decoder.end(), free);
            decoder.filled(count);
            sourceEnded = count == 0 && source.status() == Source.Status.ENDED;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void follow(Decoded decoded) {
        long[] times = decoded.eventTimes();
        for (int row = 0; row < decoded.rowCount(); row++) {
            latest = Math.max(latest, times[row]);
        }
    }

    private TidewatchException failed(IOException cause) {
        return new TidewatchException(
                ErrorCode.IO_FAILED, spec.source() + ": " + cause.getMessage(), cause);
    }
}
