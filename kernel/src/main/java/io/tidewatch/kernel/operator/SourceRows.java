package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.ArrayPool;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.batch.LongColumn;
import org.jspecify.annotations.Nullable;

/** Rows that a partial stage reads, with what decides about their time. */
public final class SourceRows {
    private final Batch batch;
    private final RowOrigins origins;
    private final long[] watermarks;
    private final @Nullable RowWindows windows;
    private final boolean @Nullable [] hidden;
    private final boolean @Nullable [] approximate;
    /** From this column on, columns are of reference tables. */
    private final int firstOfTable;

    private @Nullable LongColumn eventTimeColumn;

    /**
     * Wraps the arrays.
     *
     * @param origins event times and places in the log, per row
     * @param watermarks per row the partition's watermark before it
     * @param windows for rows of a later link
     */
    public SourceRows(
            Batch batch, RowOrigins origins, long[] watermarks, @Nullable RowWindows windows) {
        this(batch, origins, watermarks, windows, null, null);
    }

    /**
     * Wraps the arrays.
     *
     * @param hidden which rows only those read that take hidden rows; absent if all are shown
     * @param approximate which rows are {@link LinkRows#APPROXIMATE}; absent if none is
     */
    public SourceRows(
            Batch batch,
            RowOrigins origins,
            long[] watermarks,
            @Nullable RowWindows windows,
            boolean @Nullable [] hidden,
            boolean @Nullable [] approximate) {
        this(batch, origins, watermarks, windows, hidden, approximate, Integer.MAX_VALUE);
    }

    private SourceRows(
            Batch batch,
            RowOrigins origins,
            long[] watermarks,
            @Nullable RowWindows windows,
            boolean @Nullable [] hidden,
            boolean @Nullable [] approximate,
            int firstOfTable) {
        this.batch = batch;
        this.origins = origins;
        this.watermarks = watermarks;
        this.windows = windows;
        this.hidden = hidden;
        this.approximate = approximate;
        this.firstOfTable = firstOfTable;
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

    boolean isApproximate(int row) {
        return approximate != null && approximate[row];
    }

    /** The event times as a column. */
    LongColumn eventTimeColumn() {
        LongColumn column = eventTimeColumn;
        if (column == null) {
            column = new LongColumn(rowCount(), eventTimes(), null);
            eventTimeColumn = column;
        }
        return column;
    }

    /** Whether a column was looked up in a reference table, whose strings stay where they are. */
    boolean isOfTable(Column column) {
        for (int i = firstOfTable; i < batch.schema().size(); i++) {
            if (batch.has(i) && batch.column(i) == column) {
                return true;
            }
        }
        return false;
    }

    /**
     * The same rows repeated or left out as {@code rows} says, with other columns.
     *
     * @param tableColumn from which on columns are of a reference table, if those of these rows are not
     * @param pool has the arrays that are filled
     */
    SourceRows gather(Batch gathered, int[] rows, int tableColumn, ArrayPool pool) {
        int rowCount = gathered.rowCount();
        return new SourceRows(
                gathered,
                origins.gather(rows, rowCount, pool),
                Gather.longs(watermarks, rows, rowCount, pool),
                windows == null ? null : windows.gather(rows, rowCount),
                null,
                gathered(approximate, rows, rowCount),
                Math.min(firstOfTable, tableColumn));
    }

    private static boolean @Nullable [] gathered(
            boolean @Nullable [] values, int[] rows, int rowCount) {
        if (values == null) {
            return null;
        }
        boolean[] gathered = new boolean[rowCount];
        for (int i = 0; i < rowCount; i++) {
            gathered[i] = values[rows[i]];
        }
        return gathered;
    }
}
