package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives a bounded input to a sink, part by part, without receive times and ticks, which a plain file does not have. Any number
 * of threads may do so at once: each reads a part, decodes it beside the others, and gives its rows when those before it are
 * given. So a part stays with one thread, and the sink sees the same calls in the same order however many there are.
 *
 * <p>An input that fails ends there: the whole records before take part. What is asked of the reader is answered between the
 * calls of {@link #next}.
 */
public final class FileReader implements AutoCloseable {
    private static final int PART_BYTES = 1 << 18;

    private final PartitionSpec spec;
    private final Source source;
    private final FileCutter cutter;
    private final Turns turns = new Turns();
    private final Deque<FilePart> spare = new ArrayDeque<>();
    private int spareMax = 1;

    // What follows belongs to the thread whose turn it is.
    private Position before = Position.START;
    private long records;
    private @Nullable Throwable failure;
    private long latest = Times.BEGINNING;
    private OptionalDouble progress = OptionalDouble.empty();
    private boolean ended;

    public FileReader(PartitionSpec spec, Source source, StreamFormat format) {
        this(spec, source, format, PART_BYTES);
    }

    /** Reads so many bytes at a time, or as many more as a record needs. */
    public FileReader(PartitionSpec spec, Source source, StreamFormat format, int partBytes) {
        this.spec = spec;
        this.source = source;
        this.cutter = new FileCutter(source, format, partBytes);
    }

    /**
     * Declares the partition.
     *
     * @param spareParts how many parts are kept to be used again: as many threads as are usually at work here
     */
    public void declare(LogSink sink, int spareParts) {
        sink.partition(spec);
        spareMax = spareParts;
    }

    public boolean isEnded() {
        return ended;
    }

    /** Why the input ended before its end, with the place; empty if it did not. */
    public Optional<String> failure() {
        IOException broken = cutter.broken();
        return broken == null || !ended
                ? Optional.empty()
                : Optional.of(spec.source() + ": " + FileReasons.of(broken) + ", after " + records
                        + " records; what comes then is missing");
    }

    /** The greatest event time that was given; {@link Times#BEGINNING} before the first. */
    public long latest() {
        return latest;
    }

    /** The part of the input that was read, from 0 to 1, where it is known. */
    public OptionalDouble progress() {
        return ended ? OptionalDouble.of(1) : progress;
    }

    /** Gives the next part; nothing if there is none. What the sink or a decoder throws ends the input, and is kept. */
    public void next(LogSink sink) {
        FilePart part = cut();
        if (part == null) {
            return;
        }
        if (!cutter.decodesInOrder()) {
            decodeAhead(part);
        }
        turns.await(part.number());
        try {
            if (failure == null) {
                give(part, sink);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            turns.done();
        }
        giveBack(part);
    }

    /** Throws what was kept. */
    public void check() {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, spec.source() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable FilePart cut() {
        synchronized (cutter) {
            if (cutter.isEnded()) {
                return null;
            }
            FilePart part = spare.isEmpty() ? cutter.newPart() : spare.pop();
            cutter.cut(part);
            return part;
        }
    }

    private void giveBack(FilePart part) {
        synchronized (cutter) {
            if (cutter.isEnded()) {
                spare.clear();
            } else if (spare.size() < spareMax) {
                spare.push(part);
            }
        }
    }

    private static void decodeAhead(FilePart part) {
        try {
            part.decodeAhead();
        } catch (RuntimeException | Error e) {
            part.fail(e);
        }
    }

    private void give(FilePart part, LogSink sink) {
        if (part.failure() != null) {
            failure = part.failure();
            return;
        }
        Position from = new Position(before.ordinal(), 0, before.line() + part.linesBefore());
        for (Decoded decoded : part.ahead()) {
            give(decoded.behind(from), sink);
        }
        if (!cutter.decodesInOrder()) {
            for (Decoded more = part.next(); more != null; more = part.next()) {
                give(more.behind(from), sink);
            }
            Position to = part.decodedTo();
            before = new Position(from.ordinal() + to.ordinal(), 0, from.line() + to.line());
        }
        progress = part.progress();
        if (part.isLast()) {
            ended = true;
            sink.end(spec.number());
        }
    }

    private void give(Decoded decoded, LogSink sink) {
        records += decoded.rowCount() + decoded.refusals().size();
        long[] times = decoded.eventTimes();
        for (int row = 0; row < decoded.rowCount(); row++) {
            latest = Math.max(latest, times[row]);
        }
        sink.rows(spec.number(), decoded, 0, OptionalLong.empty());
        decoded.release();
    }
}
