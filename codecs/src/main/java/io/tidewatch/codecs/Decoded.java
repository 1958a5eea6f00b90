package io.tidewatch.codecs;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import java.util.List;
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

    /** Wraps the arrays, which may be longer than the batch and must not be changed afterwards. */
    public Decoded(
            int consumed,
            Batch batch,
            long @Nullable [] eventTimes,
            Records records,
            List<Refusal> refusals) {
        this.consumed = consumed;
        this.batch = batch;
        this.eventTimes = eventTimes;
        this.ordinals = records.ordinals;
        this.bufferPlace = records.bufferPlace;
        this.raw = records.raw;
        this.refusals = refusals;
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
