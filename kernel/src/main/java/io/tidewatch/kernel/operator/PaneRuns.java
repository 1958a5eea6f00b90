package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch as runs that are on time in one pane, found once for all links that have those panes. Rows that have to
 * be looked at one by one, as those are that are late for a window, are runs without a pane.
 */
final class PaneRuns {
    private final Windows windows;
    /** How far from the ends of time all windows that hold a row are within the range of event times. */
    private long marginMillis;

    private @Nullable SourceRows found;
    /** The pane that was last asked for, which is often the next one too. */
    private UnitKey pane = new UnitKey(true, 0, 0, 0);

    private int count;
    private int[] ends = new int[4];
    private long[] paneStarts = new long[4];
    /** Of a run without a pane it is the start. */
    private long[] paneEnds = new long[4];

    PaneRuns(Windows windows) {
        this.windows = windows;
    }

    /** Adds windows with the same panes, before the first rows. */
    void serve(Windows others) {
        marginMillis = Math.max(marginMillis, others.sizeMillisMax());
    }

    /** How many runs there are. */
    int count() {
        return count;
    }

    /** The row behind the last one of a run. */
    int end(int run) {
        return ends[run];
    }

    boolean isInPane(int run) {
        return paneStarts[run] != paneEnds[run];
    }

    UnitKey pane(int run) {
        if (pane.start() != paneStarts[run] || pane.end() != paneEnds[run]) {
            pane = new UnitKey(true, paneStarts[run], paneEnds[run], 0);
        }
        return pane;
    }

    /** Turns to the rows of a batch by their event times, unless it has; rows that do not count are in any run. */
    void find(@Nullable TimeSpec time, SourceRows rows) {
        if (found != rows) {
            find(time, rows, rows.eventTimeColumn());
            found = rows;
        }
    }

    /** Forgets the rows. */
    void clear() {
        found = null;
    }

    /** Turns to the rows of a batch by another time. */
    void find(@Nullable TimeSpec time, SourceRows rows, LongColumn times) {
        count = 0;
        long paneStart = 0;
        long paneEnd = 0; // The pane at hand; at first it is empty.
        for (int row = 0; row < rows.rowCount(); row++) {
            long at = times.value(row);
            if (at < paneStart || at >= paneEnd) {
                boolean inPane = isFarFromEnds(times, row) && windows.contains(at);
                paneStart = inPane ? windows.paneStart(at) : 0;
                paneEnd = inPane ? windows.paneEnd(paneStart) : 0;
            }
            boolean alone = paneStart == paneEnd
                    || times.isNull(row)
                    || time != null && isStray(rows.watermarks()[row], paneEnd, at);
            add(row, alone ? 0 : paneStart, alone ? 0 : paneEnd);
        }
    }

    private boolean isFarFromEnds(LongColumn times, int row) {
        return !times.isNull(row)
                && times.value(row) >= Times.addClamped(Times.MIN, marginMillis)
                && times.value(row) <= Times.subtractClamped(Times.MAX, marginMillis);
    }

    /** Whether a row is late for a window that holds it. */
    private boolean isStray(long watermark, long paneEnd, long at) {
        return watermark >= paneEnd && watermark >= windows.firstEnd(at);
    }

    private void add(int row, long paneStart, long paneEnd) {
        if (count > 0 && paneStarts[count - 1] == paneStart && paneEnds[count - 1] == paneEnd) {
            ends[count - 1] = row + 1;
            return;
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            paneStarts = Arrays.copyOf(paneStarts, 2 * count);
            paneEnds = Arrays.copyOf(paneEnds, 2 * count);
        }
        paneStarts[count] = paneStart;
        paneEnds[count] = paneEnd;
        ends[count++] = row + 1;
    }
}
