package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each row of a batch to which units it belongs, and numbers the units of an epoch.
 *
 * <p>A row that is on time for every window that holds it belongs to its pane. A row that is late for any of them is a
 * <em>stray</em>: it is folded window by window, into the bucket of its revision, or reported as late. Which it is, its
 * partition's watermark before it decides alone.
 */
final class UnitAssigner {
    /** Why a row is set aside whose windows are not within the range of event times. */
    static final String WINDOW_OUTSIDE =
            "a window that holds the row is not within the years 0001 to 9999";

    private final int link;
    private final Windowing windowing;
    private final SideOutput side;

    private final List<UnitKey> units = new ArrayList<>();
    private final Map<UnitKey, Integer> numbers = new LinkedHashMap<>();
    private final List<PositionRanges> positions = new ArrayList<>();
    private final List<@Nullable IncompleteWindow> incompletes = new ArrayList<>();

    private int[] unitOfRow = new int[0];
    private int[] rowsInPanes = new int[0];
    private int rowsInPanesCount;
    private int[] strayRows = new int[16];
    private int[] strayUnits = new int[16];
    private int strayCount;

    UnitAssigner(int link, Windowing windowing, SideOutput side) {
        this.link = link;
        this.windowing = windowing;
        this.side = side;
    }

    /** How many units there are since {@link #clear}. */
    int count() {
        return units.size();
    }

    /** The rows that belong to one pane (or to the window they inherit) each. */
    Selection inPanes() {
        return Selection.of(rowsInPanes, rowsInPanesCount);
    }

    /** Per row of {@link #inPanes} the number of its unit. The caller may write to it. */
    int[] unitOfRow() {
        return unitOfRow;
    }

    int strayCount() {
        return strayCount;
    }

    int strayRow(int stray) {
        return strayRows[stray];
    }

    int strayUnit(int stray) {
        return strayUnits[stray];
    }

    UnitKey unit(int number) {
        return units.get(number);
    }

    void writeHeader(int unit, ByteWriter out) {
        units.get(unit).write(out);
        positions.get(unit).write(out);
        IncompleteWindow.write(incompletes.get(unit), out);
    }

    void clear() {
        units.clear();
        numbers.clear();
        positions.clear();
        incompletes.clear();
    }

    /** Marks the unit in which the rows that a window of an earlier link lacks would be. */
    void incomplete(IncompleteWindow missing) {
        UnitKey key = unitOf(missing);
        if (key != null) {
            int unit = number(key);
            incompletes.set(
                    unit,
                    IncompleteWindow.or(incompletes.get(unit), missing.in(key.start(), key.end())));
        }
    }

    private @Nullable UnitKey unitOf(IncompleteWindow missing) {
        long at = missing.eventTime();
        if (windowing instanceof Windowing.Grid grid) {
            Windows windows = grid.windows();
            long start = windows.paneStart(at);
            return windows.contains(at)
                    ? new UnitKey(true, start, windows.paneEnd(start), 0)
                    : null;
        }
        if (windowing instanceof Windowing.Session session) {
            long start = Math.floorDiv(at, session.gapMillis()) * session.gapMillis();
            return new UnitKey(true, start, start + session.gapMillis(), 0);
        }
        return new UnitKey(missing.stretch(), missing.start(), missing.end(), 0);
    }

    /**
     * Assigns the rows of a selection.
     *
     * @param time the stream's time settings, absent for rows that are never late
     * @param times the time that assigns windows; a row whose time is NULL belongs to none
     */
    void assign(@Nullable TimeSpec time, SourceRows rows, LongColumn times, Selection selection) {
        if (unitOfRow.length < rows.rowCount()) {
            unitOfRow = new int[rows.rowCount()];
            rowsInPanes = new int[rows.rowCount()];
        }
        rowsInPanesCount = 0;
        strayCount = 0;
        if (windowing instanceof Windowing.Grid grid) {
            assignPanes(grid.windows(), time, rows, times, selection);
        } else if (windowing instanceof Windowing.Session session) {
            assignSessions(session.gapMillis(), time, rows, times, selection);
        } else {
            assignInherited(rows, selection);
        }
    }

    private void assignPanes(
            Windows windows,
            @Nullable TimeSpec time,
            SourceRows rows,
            LongColumn times,
            Selection selection) {
        long[] watermarks = rows.watermarks();
        long paneStart = 0;
        long paneEnd = 0; // The pane at hand is [paneStart, paneEnd); at first it is empty.
        int unit = -1;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!hasTime(rows, times, row)
                    || isOutside(rows, row, !windows.isWithinRange(times.value(row)))) {
                continue;
            }
            long at = times.value(row);
            if (at < paneStart || at >= paneEnd) {
                paneStart = windows.paneStart(at);
                paneEnd = windows.paneEnd(paneStart);
                unit = -1;
            }
            if (time != null
                    && watermarks[row] >= paneEnd
                    && watermarks[row] >= windows.firstEnd(at)) {
                assignStray(windows, Lateness.of(time), rows, row, at);
                continue;
            }
            if (unit < 0) {
                if (!windows.contains(at)) {
                    continue;
                }
                unit = number(new UnitKey(true, paneStart, paneEnd, 0));
            }
            inUnit(rows, row, unit);
        }
    }

    private void assignStray(
            Windows windows, Lateness lateness, SourceRows rows, int row, long at) {
        if (!windows.contains(at)) {
            return;
        }
        long watermark = rows.watermarks()[row];
        long last = windows.lastEnd(at);
        for (long end = windows.firstEnd(at); end <= last; end = windows.nextEnd(end)) {
            if (lateness.isLate(watermark, end)) {
                side.late(link, rows, row, end);
                continue;
            }
            int unit = number(new UnitKey(
                    false, windows.startOf(end), end, lateness.revision(watermark, end)));
            if (strayCount == strayRows.length) {
                strayRows = Arrays.copyOf(strayRows, 2 * strayCount);
                strayUnits = Arrays.copyOf(strayUnits, 2 * strayCount);
            }
            strayRows[strayCount] = row;
            strayUnits[strayCount++] = unit;
            addPosition(rows, row, unit);
        }
    }

    private void assignSessions(
            long gapMillis,
            @Nullable TimeSpec time,
            SourceRows rows,
            LongColumn times,
            Selection selection) {
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!hasTime(rows, times, row)
                    || isOutside(rows, row, !Times.isSupported(times.value(row) + gapMillis))) {
                continue;
            }
            long at = times.value(row);
            if (time != null && Lateness.isBehind(rows.watermarks()[row], at)) {
                side.late(link, rows, row, at);
                continue;
            }
            long paneStart = Math.floorDiv(at, gapMillis) * gapMillis;
            inUnit(rows, row, number(new UnitKey(true, paneStart, paneStart + gapMillis, 0)));
        }
    }

    /** Whether a row belongs to windows at all: without a time it does not, and beyond the calendar it fails. */
    private boolean hasTime(SourceRows rows, LongColumn times, int row) {
        if (times.isNull(row)) {
            return false;
        }
        long at = times.value(row);
        if (!Times.isSupported(at)) {
            String reason = Timestamps.format(at) + " is outside the years 0001 to 9999";
            side.failed(link, rows, row, ErrorCode.FUNCTION_ARGUMENT_INVALID, reason);
            RowWindows windows = rows.windows();
            if (windows != null) {
                incomplete(IncompleteWindow.failed(windows.starts()[row], windows.ends()[row]));
            }
            return false;
        }
        return true;
    }

    /** Reports a row whose windows would have ends that are no event times. */
    private boolean isOutside(SourceRows rows, int row, boolean outside) {
        if (outside) {
            side.failed(link, rows, row, ErrorCode.FUNCTION_ARGUMENT_INVALID, WINDOW_OUTSIDE);
        }
        return outside;
    }

    private void assignInherited(SourceRows rows, Selection selection) {
        RowWindows windows = rows.windows();
        if (windows == null) {
            throw new IllegalStateException("rows of a stream have no window to inherit");
        }
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            inUnit(
                    rows,
                    row,
                    number(new UnitKey(false, windows.starts()[row], windows.ends()[row], 0)));
        }
    }

    private void inUnit(SourceRows rows, int row, int unit) {
        unitOfRow[row] = unit;
        rowsInPanes[rowsInPanesCount++] = row;
        addPosition(rows, row, unit);
    }

    private void addPosition(SourceRows rows, int row, int unit) {
        // Sessions keep the positions of each key.
        if (!(windowing instanceof Windowing.Session)) {
            rows.origins().addPositions(row, positions.get(unit));
        }
    }

    private int number(UnitKey unit) {
        Integer known = numbers.get(unit);
        if (known != null) {
            return known;
        }
        int number = units.size();
        numbers.put(unit, number);
        units.add(unit);
        positions.add(new PositionRanges());
        incompletes.add(null);
        return number;
    }
}
