package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

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
 *
 * <p>Links whose windows have the same panes share the units of panes. What only one of them has is a unit of its own.
 */
final class UnitAssigner {
    /** Why a row is set aside whose windows are not within the range of event times. */
    static final String WINDOW_OUTSIDE =
            "a window that holds the row is not within the years 0001 to 9999";

    /** The owner of units that belong to all links. */
    static final int ALL = -1;

    private static final int NONE = -1;

    private final List<Integer> links;
    private final List<Windowing> windowings;
    private final Windowing windowing;
    private final SideOutput side;
    /** Per input the panes of its rows; none if windows are not on a grid. */
    private final List<PaneRuns> panes = new ArrayList<>();

    private final List<UnitKey> units = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final Map<UnitKey, Integer> numbers = new LinkedHashMap<>();
    /** Per link the numbers of the units that it does not share. */
    private final List<Map<UnitKey, Integer>> ownNumbers = new ArrayList<>();

    private final List<PositionRanges> positions = new ArrayList<>();
    private final List<@Nullable IncompleteWindow> incompletes = new ArrayList<>();

    private int[] unitOfRow = new int[0];
    private int[] rowsInPanes = new int[0];
    private int rowsInPanesCount;
    private int onlyUnit = NONE;
    private Selection inPanes = Selection.all(0);
    private int[] strayRows = new int[16];
    private int[] strayUnits = new int[16];
    private int strayCount;

    /**
     * @param windowings of each link; where there are several, grids with the same panes
     * @param inputCount how many inputs each link has
     */
    UnitAssigner(List<Integer> links, List<Windowing> windowings, int inputCount, SideOutput side) {
        this.links = links;
        this.windowings = windowings;
        this.windowing = windowings.get(0);
        this.side = side;
        links.forEach(link -> ownNumbers.add(new LinkedHashMap<>()));
        if (windowing instanceof Windowing.Grid) {
            for (int input = 0; input < inputCount; input++) {
                panes.add(panes(new Groupings()));
            }
        }
    }

    /** Finds the panes of an input by event time, together with all that group the same rows; before the first rows. */
    void share(int inputNumber, Groupings groupings) {
        if (windowing instanceof Windowing.Grid) {
            panes.set(inputNumber, panes(groupings));
        }
    }

    private PaneRuns panes(Groupings groupings) {
        PaneRuns runs = null;
        for (Windowing each : windowings) {
            runs = groupings.panes(((Windowing.Grid) each).windows());
        }
        return requireNonNull(runs, "panes");
    }

    /** How many units there are since {@link #clear}. */
    int count() {
        return units.size();
    }

    /** The rows that belong to one pane (or to the window they inherit) each. */
    Selection inPanes() {
        return inPanes;
    }

    /**
     * The unit of all rows of {@link #inPanes}, if they are known to have one, and then there are no strays; otherwise
     * negative.
     */
    int onlyUnit() {
        return onlyUnit;
    }

    /** Per row of {@link #inPanes} the number of its unit, unless there is one only. The caller may write to it. */
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

    /** Which of the links a unit belongs to, or {@link #ALL}. */
    int owner(int unit) {
        return owners.get(unit);
    }

    void writeHeader(int unit, ByteWriter out) {
        units.get(unit).write(out);
        positions.get(unit).write(out);
        IncompleteWindow.write(incompletes.get(unit), out);
    }

    void clear() {
        units.clear();
        owners.clear();
        numbers.clear();
        ownNumbers.forEach(Map::clear);
        panes.forEach(PaneRuns::clear);
        positions.clear();
        incompletes.clear();
    }

    /** Marks the unit in which the rows that a window of an earlier link lacks would be. */
    void incomplete(IncompleteWindow missing) {
        UnitKey key = unitOf(missing);
        if (key != null) {
            int unit = number(ALL, key);
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
     * @param times the time that assigns windows, absent if that is the event time; a row whose time is NULL belongs to
     *     none
     */
    void assign(
            int inputNumber,
            @Nullable TimeSpec time,
            SourceRows rows,
            @Nullable LongColumn times,
            Selection selection) {
        LongColumn used = times == null ? rows.eventTimeColumn() : times;
        if (unitOfRow.length < rows.rowCount()) {
            unitOfRow = new int[rows.rowCount()];
            rowsInPanes = new int[rows.rowCount()];
        }
        rowsInPanesCount = 0;
        strayCount = 0;
        onlyUnit = NONE;
        if (windowing instanceof Windowing.Grid) {
            PaneRuns runs = panes.get(inputNumber);
            if (times == null) {
                runs.find(time, rows);
            } else {
                runs.find(time, rows, times);
            }
            assignPanes(runs, time, rows, used, selection);
            return;
        }
        if (windowing instanceof Windowing.Session session) {
            assignSessions(session.gapMillis(), time, rows, used, selection);
        } else {
            assignInherited(rows, selection);
        }
        inPanes = Selection.of(rowsInPanes, rowsInPanesCount);
    }

    private void assignPanes(
            PaneRuns runs,
            @Nullable TimeSpec time,
            SourceRows rows,
            LongColumn times,
            Selection selection) {
        if (selection.isEmpty()) {
            inPanes = selection;
            return;
        }
        if (runs.count() == 1 && runs.isInPane(0)) {
            inPanes = selection;
            onlyUnit = number(ALL, runs.pane(0));
            rows.origins().addPositions(selection, positions.get(onlyUnit));
            return;
        }
        int run = 0;
        int unit = NONE;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            while (row >= runs.end(run)) {
                run++;
                unit = NONE;
            }
            if (!runs.isInPane(run)) {
                assignAlone(time, rows, times, row);
                continue;
            }
            if (unit == NONE) {
                unit = number(ALL, runs.pane(run));
            }
            inUnit(rows, row, unit);
        }
        inPanes = Selection.of(rowsInPanes, rowsInPanesCount);
    }

    /** Assigns a row for each link, whose windows it may be late for, or may not be in. */
    private void assignAlone(@Nullable TimeSpec time, SourceRows rows, LongColumn times, int row) {
        if (!hasTime(rows, times, row)) {
            return;
        }
        long at = times.value(row);
        for (int link = 0; link < links.size(); link++) {
            Windows windows = ((Windowing.Grid) windowings.get(link)).windows();
            if (isOutside(link, rows, row, !windows.isWithinRange(at)) || !windows.contains(at)) {
                continue;
            }
            long start = windows.paneStart(at);
            long end = windows.paneEnd(start);
            long watermark = rows.watermarks()[row];
            if (time != null && watermark >= end && watermark >= windows.firstEnd(at)) {
                assignStray(link, windows, Lateness.of(time), rows, row, at);
            } else {
                addStray(rows, row, number(ownerOf(link), new UnitKey(true, start, end, 0)));
            }
        }
    }

    /** Of units that one link has, which need not tell whose they are if there is no other. */
    private int ownerOf(int link) {
        return links.size() == 1 ? ALL : link;
    }

    private void assignStray(
            int link, Windows windows, Lateness lateness, SourceRows rows, int row, long at) {
        long watermark = rows.watermarks()[row];
        long last = windows.lastEnd(at);
        for (long end = windows.firstEnd(at); end <= last; end = windows.nextEnd(end)) {
            if (lateness.isLate(watermark, end)) {
                side.late(links.get(link), rows, row, end);
                continue;
            }
            int revision = lateness.revision(watermark, end);
            addStray(
                    rows,
                    row,
                    number(ownerOf(link), new UnitKey(false, windows.startOf(end), end, revision)));
        }
    }

    private void addStray(SourceRows rows, int row, int unit) {
        if (strayCount == strayRows.length) {
            strayRows = Arrays.copyOf(strayRows, 2 * strayCount);
            strayUnits = Arrays.copyOf(strayUnits, 2 * strayCount);
        }
        strayRows[strayCount] = row;
        strayUnits[strayCount++] = unit;
        addPosition(rows, row, unit);
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
                    || isOutside(0, rows, row, !Times.isSupported(times.value(row) + gapMillis))) {
                continue;
            }
            long at = times.value(row);
            if (time != null && Lateness.isBehind(rows.watermarks()[row], at)) {
                side.late(links.get(0), rows, row, at);
                continue;
            }
            long paneStart = Math.floorDiv(at, gapMillis) * gapMillis;
            inUnit(rows, row, number(ALL, new UnitKey(true, paneStart, paneStart + gapMillis, 0)));
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
            for (int link : links) {
                side.failed(link, rows, row, ErrorCode.FUNCTION_ARGUMENT_INVALID, reason);
            }
            RowWindows windows = rows.windows();
            if (windows != null) {
                incomplete(IncompleteWindow.failed(windows.starts()[row], windows.ends()[row]));
            }
            return false;
        }
        return true;
    }

    /** Reports a row whose windows would have ends that are no event times. */
    private boolean isOutside(int link, SourceRows rows, int row, boolean outside) {
        if (outside) {
            int number = links.get(link);
            side.failed(number, rows, row, ErrorCode.FUNCTION_ARGUMENT_INVALID, WINDOW_OUTSIDE);
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
                    number(ALL, new UnitKey(false, windows.starts()[row], windows.ends()[row], 0)));
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

    private int number(int owner, UnitKey unit) {
        Map<UnitKey, Integer> known = owner == ALL ? numbers : ownNumbers.get(owner);
        Integer found = known.get(unit);
        if (found != null) {
            return found;
        }
        int number = units.size();
        known.put(unit, number);
        owners.add(owner);
        units.add(unit);
        positions.add(new PositionRanges());
        incompletes.add(null);
        return number;
    }
}
