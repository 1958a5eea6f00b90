package io.tidewatch.sql;

import io.tidewatch.kernel.operator.Windowing;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the windows that rows have.
 *
 * @param windowing how they came about; absent for the rows of another monitor
 */
record Span(@Nullable Windowing windowing) {
    static final Span UNKNOWN = new Span(null);

    /** Whether rows with equal {@code window_start} have the same window. */
    boolean startSuffices() {
        return windowing instanceof Windowing.Grid && !isCumulating();
    }

    /** Whether rows with equal {@code window_end} have the same window. */
    boolean endSuffices() {
        return windowing instanceof Windowing.Grid;
    }

    private boolean isCumulating() {
        return windowing instanceof Windowing.Grid grid
                && grid.windows().canonical().startsWith("cumulate");
    }

    /** Whether columns with (or without) the start and the end of the window tell windows apart. */
    boolean isToldBy(boolean start, boolean end) {
        return start && end || start && startSuffices() || end && endSuffices();
    }

    /** The columns that tell windows apart, for messages. */
    String columnsNeeded() {
        return "window_start, window_end";
    }

    /** Whether both are known, and differ. */
    boolean differsFrom(Span other) {
        return windowing != null && other.windowing != null && !windowing.equals(other.windowing);
    }

    /** The windows as people write them. */
    static String describe(Windowing windowing) {
        if (windowing instanceof Windowing.Grid grid) {
            return grid.windows().canonical();
        }
        if (windowing instanceof Windowing.Session session) {
            return "session " + io.tidewatch.kernel.time.Durations.format(session.gapMillis());
        }
        return "inherited".toLowerCase(Locale.ROOT);
    }
}
