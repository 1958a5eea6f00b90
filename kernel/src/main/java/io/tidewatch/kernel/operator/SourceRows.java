package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Gather;
import org.jspecify.annotations.Nullable;

/** Rows that a partial stage reads, with what decides about their time. */
public final class SourceRows {
    private final Batch batch;
    private final RowOrigins origins;
    private final long[] watermarks;
    private final @Nullable RowWindows windows;
    private final boolean @Nullable [] hidden;

    /**
     * Wraps the arrays.
     *
     * @param origins event times and places in the log, per row
     * @param watermarks per row the partition's watermark before it
     * @param windows for rows of a later link
     */
    public SourceRows(
            Batch batch, RowOrigins origins, long[] watermarks, @Nullable RowWindows windows) {
        this(batch, origins, watermarks, windows, null);
    }

    /**
     * Wraps the arrays.
     *
     * @param hidden which rows only those read that take hidden rows; absent if all are shown
     */
    public SourceRows(
            Batch batch,
            RowOrigins origins,
            long[] watermarks,
            @Nullable RowWindows windows,
            boolean @Nullable [] hidden) {
        this.batch = batch;
        this.origins = origins;
        this.watermarks = watermarks;
        this.windows = windows;
        this.hidden = hidden;
    }

    public Batch batch() {
        return batch;
    }

    public int rowCount() {
        return batch.rowCount();
    }

    public RowOrigins origins() {
        return origins;
    }

    public long[] eventTimes() {
        return origins.eventTimes();
    }

    public long[] watermarks() {
        return watermarks;
    }

    public @Nullable RowWindows windows() {
        return windows;
    }

    boolean isHidden(int row) {
        return hidden != null && hidden[row];
    }

    /** The same rows repeated or left out as {@code rows} says, with other columns. */
    SourceRows gather(Batch gathered, int[] rows) {
        int rowCount = gathered.rowCount();
        return new SourceRows(
                gathered,
                origins.gather(rows, rowCount),
                Gather.longs(watermarks, rows, rowCount),
                windows == null ? null : windows.gather(rows, rowCount));
    }
}
