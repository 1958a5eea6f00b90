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

/** Gives a bounded input to a sink, batch by batch, without receive times and ticks, which a plain file does not have. */
public final class FileReader {
    private final PartitionSpec spec;
    private final Source source;
    private final PartitionDecoder decoder;
    private long latest = Times.BEGINNING;
    private boolean sourceEnded;
    private boolean ended;

    public FileReader(PartitionSpec spec, Source source, StreamFormat format) {
        this.spec = spec;
        this.source = source;
        this.decoder = new PartitionDecoder(format);
    }

    /** Declares the partition. */
    public void declare(LogSink sink) {
        sink.partition(spec);
    }

    public boolean isEnded() {
        return ended;
    }

    /** The greatest event time so far; {@link Times#BEGINNING} before the first. */
    public long latest() {
        return latest;
    }

    /** The part of the input that was read, from 0 to 1, where it is known. */
    public OptionalDouble progress() {
        return ended ? OptionalDouble.of(1) : source.progress();
    }

    /** Gives the next rows. */
    public void next(LogSink sink) {
        Decoded decoded = decoder.decode(sourceEnded);
        while (decoded.consumed() == 0 && !sourceEnded) {
            fill();
            decoded = decoder.decode(sourceEnded);
        }
        if (decoded.consumed() > 0) {
            follow(decoded);
            sink.rows(spec.number(), decoded, decoder.firstOrdinal(), OptionalLong.empty());
        }
        if (sourceEnded && decoder.isEmpty()) {
            ended = true;
            sink.end(spec.number());
            close();
        }
    }

    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw failed(e);
        }
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
