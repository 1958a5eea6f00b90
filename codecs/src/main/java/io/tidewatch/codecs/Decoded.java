package io.tidewatch.codecs;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one call of a {@link Decoder} made: the accepted rows in columns, and the refusals. */
public final class Decoded {
    private final int consumed;
    private final Batch batch;
    private final long @Nullable [] eventTimes;
    private final long[] ordinals;
    private final long bufferPlace;
    private final BytesColumn raw;
    private final List<Refusal> refusals;
    private final Consumer<Decoded> spare;

    /**
     * Wraps the arrays, which may be longer than the batch and must not be changed afterwards.
     *
     * @param spare takes the arrays when they are {@linkplain #release released}
     */
    public Decoded(
            int consumed,
            Batch batch,
            long @Nullable [] eventTimes,
            Records records,
            List<Refusal> refusals,
            Consumer<Decoded> spare) {
        this.consumed = consumed;
        this.batch = batch;
        this.eventTimes = eventTimes;
        this.ordinals = records.ordinals;
        this.bufferPlace = records.bufferPlace;
        this.raw = records.raw;
        this.refusals = refusals;
        this.spare = spare;
    }

    /** How many bytes of the buffer were decoded. */
    public int consumed() {
        return consumed;
    }

    /** The accepted rows; only the columns of wanted fields are present. */
    public Batch batch() {
        return batch;
    }

    public int rowCount() {
        return batch.rowCount();
    }

    /** Milliseconds since the epoch, per row; the array may be longer. Refused for a format without a time field. */
    public long[] eventTimes() {
        if (eventTimes == null) {
            throw new IllegalStateException("the format has no time field");
        }
        return eventTimes;
    }

    /** Per row, its record's number among all records of the input, refused ones included; the array may be longer. */
    public long[] ordinals() {
        return ordinals;
    }

    /** The byte of the input at which a row's record starts. */
    public long place(int row) {
        return bufferPlace + raw.start(row);
    }

    /** Per row, the bytes of its record, without the line end. */
    public BytesColumn raw() {
        return raw;
    }

    /** The records that were not accepted, in order. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /**
     * The same, where the place at which its decoder began was not known to it: ordinals and lines are moved on by those of
     * that place. Changes the ordinals where they are, so the one before is of no use any more.
     */
    public Decoded behind(Position before) {
        if (before.ordinal() == 0 && before.line() == 0) {
            return this;
        }
        for (int row = 0; row < rowCount(); row++) {
            ordinals[row] += before.ordinal();
        }
        List<Refusal> moved =
                refusals.stream().map(refusal -> refusal.behind(before)).toList();
        Records records = new Records(ordinals, bufferPlace, raw);
        return new Decoded(consumed, batch, eventTimes, records, moved, spare);
    }

    /**
     * Says that nobody needs the rows any more: their arrays are used again for later ones. Who does not say so leaves them to
     * the garbage collector. Once at most.
     */
    public void release() {
        spare.accept(this);
    }

    /** Where the accepted rows stand in the input, in arrays that may be longer than there are rows. */
    public static final class Records {
        private final long[] ordinals;
        private final long bufferPlace;
        private final BytesColumn raw;

        /**
         * Wraps the arrays.
         *
         * @param bufferPlace which byte of the input the first byte of the buffer is that {@code raw} points into
         */
        public Records(long[] ordinals, long bufferPlace, BytesColumn raw) {
            this.ordinals = ordinals;
            this.bufferPlace = bufferPlace;
            this.raw = raw;
        }
    }
}
