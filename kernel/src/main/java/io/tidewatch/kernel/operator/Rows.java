package io.tidewatch.kernel.operator;

/**
 * The projected rows themselves: no aggregation, one row out per row in, in event-time order.
 *
 * <p>Shaped row: the projected row; {@code window_start}, {@code window_end}, which both are the event time, or the window
 * of the row that is read if {@code keepsWindow}.
 *
 * @param keepsWindow whether rows keep the window of the later link's row that they were (a projection or filter above a
 *     windowed link); false for rows of streams
 * @param keepsHidden whether rows that HAVING or a top-N removed from the link that is read come too, and stay hidden: alerts
 *     see their keys
 */
public record Rows(boolean keepsWindow, boolean keepsHidden) implements Shape {
    /** Without hidden rows. */
    public Rows(boolean keepsWindow) {
        this(keepsWindow, false);
    }
}
