package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.time.Times;
import java.util.List;

/**
 * The final stage of one link for the key groups of one worker: merges partials, closes windows as the watermark passes
 * them, and gives rows.
 */
public abstract class FinalLink {
    private long watermark = Times.BEGINNING;

    FinalLink() {}

    /** How far windows have been closed: the watermark of the last {@link #advance}. */
    public final long watermark() {
        return watermark;
    }

    /** The time up to which all rows came out: later links are told this as the time of the link. */
    public long closedTo() {
        return watermark;
    }

    /** Merges blocks that partial stages wrote, until the reader's end. */
    public abstract void merge(ByteReader in);

    /**
     * Gives the rows that become due as the watermark rises, in the order of (due time, window end), however far it jumps. A
     * watermark that does not rise does nothing.
     */
    public final void advance(long newWatermark, LinkRowSink sink) {
        if (newWatermark > watermark) {
            closeUpTo(newWatermark, sink);
            watermark = newWatermark;
            forget();
        }
    }

    /** Advances to the end of input, after which no more rows come. */
    public final void finish(long newWatermark, LinkRowSink sink) {
        advance(newWatermark, sink);
        closeRest(sink);
    }

    /**
     * The greatest end of a window that holds a row (without a window: one millisecond after the row), or {@link
     * Times#BEGINNING} if no row is kept. Bounded input ends there.
     */
    public abstract long greatestEnd();

    /** Gives the rows of all windows that hold rows and are not closed, as they are now. */
    public abstract void early(LinkRowSink sink);

    /** Writes what is the same in all workers: the watermark, and what is known of windows as a whole. */
    public final void writeCommon(ByteWriter out) {
        out.writeLong(watermark);
        writeState(out);
    }

    /** Continues where {@link #writeCommon} wrote; before any {@link #read}. */
    public final void readCommon(ByteReader in) {
        watermark = in.readLong();
        merge(in);
    }

    /**
     * Writes the state of key groups, without what {@link #writeCommon} writes.
     *
     * @param outs one per key group, null for those that are not wanted
     */
    public abstract void write(List<ByteWriter> outs);

    /** Adds the state of a key group that {@link #write} wrote. */
    public final void read(ByteReader in) {
        merge(in);
    }

    /** Writes blocks about windows that are the same in all workers. */
    abstract void writeState(ByteWriter out);

    public abstract long retainedBytes();

    /** Gives what is due up to a watermark above {@link #watermark()}. */
    abstract void closeUpTo(long newWatermark, LinkRowSink sink);

    /** Gives what ended by {@link #watermark()}, which is known only because no more rows come. */
    abstract void closeRest(LinkRowSink sink);

    /** Drops what no later row or amendment can need. */
    abstract void forget();
}
