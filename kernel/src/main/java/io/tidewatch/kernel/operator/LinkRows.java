package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a link gives, all of one revision. There are none if all there is to say is that a window {@linkplain
 * Emission#incomplete lacks rows}.
 */
public final class LinkRows {
    /** The row passed HAVING and, for a top-N, is among the first. */
    public static final int VISIBLE = 1;

    /** The row could not be computed; its columns are undefined. */
    public static final int FAILED = 2;

    /** The row holds all keys beyond the limit of its key group. */
    public static final int OVERFLOW = 4;

    /** An amendment removed the row, which an earlier revision had shown. */
    public static final int WITHDRAWN = 8;

    /** An amendment removed the row and left nothing to evaluate: its key is folded into an overflow row, or failed. */
    public static final int FOLDED = 16;

    /** A limit made an aggregate of the row, or of a row that it was made of one to one, an estimate or a part. */
    public static final int APPROXIMATE = 32;

    /** Rows that it may be made of are missing; those of an {@link Emission} with an incomplete window are so anyway. */
    public static final int INCOMPLETE = 64;

    private final Batch batch;
    private final RowWindows windows;
    private final long[] eventTimes;
    private final byte[] flags;
    private final Emission emission;
    private final @Nullable Extras extras;

    /**
     * Wraps the arrays.
     *
     * @param batch the link's columns, then {@code window_start} and {@code window_end}
     * @param eventTimes per row: {@code window_end} − 1 ms, or the row's own time without a window
     * @param flags per row, of {@link #VISIBLE}, {@link #FAILED}, {@link #OVERFLOW}, {@link #WITHDRAWN}, {@link
     *     #FOLDED}, {@link #APPROXIMATE}, {@link #INCOMPLETE}
     */
    public LinkRows(
            Batch batch,
            RowWindows windows,
            long[] eventTimes,
            byte[] flags,
            Emission emission,
            @Nullable Extras extras) {
        this.batch = batch;
        this.windows = windows;
        this.eventTimes = eventTimes;
        this.flags = flags;
        this.emission = emission;
        this.extras = extras;
    }

    public Batch batch() {
        return batch;
    }

    public int rowCount() {
        return batch.rowCount();
    }

    public RowWindows windows() {
        return windows;
    }

    public long[] eventTimes() {
        return eventTimes;
    }

    public boolean is(int flag, int row) {
        return (flags[row] & flag) != 0;
    }

    /** Whether rows that a row may be made of are missing. */
    public boolean isIncomplete(int row) {
        return is(INCOMPLETE, row) || emission.incomplete() != null;
    }

    /** The places in the log of what went into a row; for rows without windows it is the row's own. */
    public PositionRanges positions(int row) {
        return extras == null || extras.positions() == null
                ? emission.positions()
                : extras.positions()[row];
    }

    public Emission emission() {
        return emission;
    }

    public @Nullable Extras extras() {
        return extras;
    }

    /** The place of a row among those of the same key and window; 0 where there is one only. */
    public long ordinal(int row) {
        long[] ordinals = extras == null ? null : extras.ordinals();
        return ordinals == null ? 0 : ordinals[row];
    }

    /** The flags of a row that cannot be computed: it is not visible, but still no key's if it was none's. */
    static byte failed(byte flags) {
        return (byte) (flags & OVERFLOW | FAILED);
    }

    /**
     * Gives what is missing for those who read the rows: the overflow rows, the failed and incomplete ones, and what the window
     * lacks.
     */
    public void eachIncomplete(Consumer<IncompleteWindow> missing) {
        if (emission.incomplete() != null) {
            missing.accept(emission.incomplete());
        }
        for (int row = 0; row < rowCount(); row++) {
            long start = windows.starts()[row];
            long end = windows.ends()[row];
            if (is(OVERFLOW, row)) {
                missing.accept(IncompleteWindow.folded(start, end, windows.keyGroup(row)));
            } else if (is(FAILED | INCOMPLETE, row) && start != end) {
                missing.accept(IncompleteWindow.failed(start, end));
            }
        }
    }

    byte[] flags() {
        return flags;
    }

    /**
     * Why and when rows came out.
     *
     * @param revision 0 for the first result of a window, k ≥ 1 for its amendments
     * @param dueTime the watermark at which the rows became due, milliseconds since the epoch
     * @param early whether the rows are shown before their window is closed; they may still change
     * @param incomplete what the window lacks because links that were read do, if anything; then rows may be none
     * @param positions of the rows that went into the window; empty where {@link Extras} have those of each row
     */
    public record Emission(
            int revision,
            long dueTime,
            boolean early,
            @Nullable IncompleteWindow incomplete,
            PositionRanges positions) {}

    /**
     * What only monitors with an alert, or without a window, need per row.
     *
     * @param latestPanes the greatest start of a pane in which the key had a row on time; absent for rows without panes
     * @param exemplars the accumulator bytes of EXEMPLARS per row
     * @param ordinals the place among the rows of the same key and window, from 0; absent if there is one each
     * @param positions of what went into each row; absent if they are those of the window
     */
    @SuppressWarnings("ArrayRecordComponent") // A view onto arrays that the rows share.
    public record Extras(
            long @Nullable [] latestPanes,
            @Nullable BytesColumn exemplars,
            long @Nullable [] ordinals,
            PositionRanges @Nullable [] positions) {}
}
