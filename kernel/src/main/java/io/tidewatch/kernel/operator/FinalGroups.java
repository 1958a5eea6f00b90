package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.state.KeyNumbers;
import io.tidewatch.kernel.state.KeySlices;
import io.tidewatch.kernel.state.NumberedKeys;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The final stage of aggregations whose windows stand on a grid, or are inherited from the rows that are read.
 *
 * <p>Revision 0 of a window combines its panes and its bucket 0; revision k adds the buckets up to k. Panes stay until the
 * last amendment of the last window they are in.
 */
final class FinalGroups extends FinalLink {
    /** A window with buckets of its own, ordered by end. */
    private record WindowKey(long end, long start) implements Comparable<WindowKey> {
        private static final Comparator<WindowKey> ORDER =
                Comparator.comparingLong(WindowKey::end).thenComparingLong(WindowKey::start);

        @Override
        public int compareTo(WindowKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** What is to be done next: give a revision of a window. */
    private record Due(long time, WindowKey window, int revision) implements Comparable<Due> {
        private static final Comparator<Due> ORDER = Comparator.comparingLong(Due::time)
                .thenComparing(Due::window)
                .thenComparingInt(Due::revision);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    private final GroupShaper shaper;
    private final @Nullable Windows windows;
    private final Lateness lateness;
    private final int keysMax;
    private final Stretches stretches = new Stretches();
    private final KeySlices read = new KeySlices();
    private final TreeMap<Long, GroupUnit> panes = new TreeMap<>();
    /** Of the keys of all panes, if windows share them. */
    private final KeyNumbers numbers = new KeyNumbers();

    private final @Nullable RunningWindow running;
    private final TreeMap<WindowKey, TreeMap<Integer, GroupUnit>> buckets = new TreeMap<>();
    private final PriorityQueue<Due> amendments = new PriorityQueue<>();

    /**
     * @param windows the grid, absent if windows are inherited
     * @param lateness of the streams that are read
     */
    FinalGroups(GroupShaper shaper, @Nullable Windows windows, Lateness lateness, int keysMax) {
        this.shaper = shaper;
        this.windows = windows;
        this.lateness = lateness;
        this.keysMax = keysMax;
        this.running = windows != null && windows.overlap() ? newRunningWindow() : null;
    }

    private RunningWindow newRunningWindow() {
        return new RunningWindow(shaper.layout().calls(), numbers);
    }

    @Override
    public void merge(ByteReader in) {
        while (in.hasRemaining()) {
            UnitKey key = UnitKey.read(in);
            if (key.pane() && windows == null) {
                GroupUnit stretch = newUnit(key);
                stretch.merge(in, read);
                stretches.add(key.start(), key.end(), stretch.incomplete());
            } else {
                unit(key).merge(in, read);
            }
        }
    }

    @Override
    void closeUpTo(long newWatermark, LinkRowSink sink) {
        WindowKey closed = new WindowKey(watermark(), Long.MAX_VALUE);
        while (true) {
            WindowKey window = nextWindow(closed);
            Due first = window == null ? null : new Due(window.end(), window, 0);
            Due amendment = amendments.peek();
            boolean amends = amendment != null && (first == null || amendment.compareTo(first) < 0);
            Due due = amends ? amendment : first;
            if (due == null || due.time() > newWatermark) {
                tellStretches(newWatermark, sink);
                return;
            }
            tellStretches(due.time(), sink);
            if (amends) {
                emitAmendment(amendments.remove(), sink);
            } else {
                emitFirst(due.window(), false, running, sink);
                closed = due.window();
            }
        }
    }

    private void tellStretches(long through, LinkRowSink sink) {
        for (IncompleteWindow stretch = stretches.next(through);
                stretch != null;
                stretch = stretches.next(through)) {
            WindowKey window = new WindowKey(stretch.end(), stretch.start());
            GroupTable none = new GroupTable(shaper.layout().calls(), 0);
            LinkRows.Emission emission =
                    new LinkRows.Emission(0, stretch.start(), false, stretch, PositionRanges.NONE);
            give(none, chunk(window, none, new int[0]), emission, sink);
        }
    }

    private void give(
            GroupTable groups,
            GroupShaper.Chunk chunk,
            LinkRows.Emission emission,
            LinkRowSink sink) {
        for (int view = 0; view < shaper.viewCount(); view++) {
            sink.rows(view, shaper.shape(view, groups, chunk, emission));
        }
    }

    @Override
    void closeRest(LinkRowSink sink) {
        // A window is complete when the watermark passes its end.
    }

    @Override
    public long greatestEnd() {
        long ofPanes = windows == null || panes.isEmpty()
                ? Times.BEGINNING
                : windows.lastEnd(panes.lastKey());
        return buckets.isEmpty() ? ofPanes : Math.max(ofPanes, buckets.lastKey().end());
    }

    @Override
    public void early(LinkRowSink sink) {
        WindowKey window = nextWindow(new WindowKey(watermark(), Long.MAX_VALUE));
        RunningWindow through = running == null ? null : newRunningWindow();
        while (window != null) {
            emitFirst(window, true, through, sink);
            window = nextWindow(window);
        }
    }

    @Override
    void forget() {
        long watermark = watermark();
        while (!buckets.isEmpty() && lateness.lastDueTime(buckets.firstKey().end()) <= watermark) {
            buckets.pollFirstEntry();
        }
        while (windows != null
                && !panes.isEmpty()
                && lateness.lastDueTime(windows.lastEnd(panes.firstKey())) <= watermark) {
            panes.pollFirstEntry().getValue().groups().release();
        }
        if (running != null && panes.isEmpty()) {
            running.reset();
        }
        if (running != null && numbers.isWasteful()) {
            int[] newNumbers = numbers.compact();
            panes.values().forEach(pane -> numbered(pane).renumber(newNumbers));
            running.reset();
        }
    }

    private static NumberedKeys numbered(GroupUnit pane) {
        return (NumberedKeys) pane.groups().keys();
    }

    @Override
    void writeState(ByteWriter out) {
        panes.values().forEach(unit -> unit.writeCommon(out));
        buckets.values()
                .forEach(revisions -> revisions.values().forEach(unit -> unit.writeCommon(out)));
        stretches.each((start, end, lacks) -> {
            new UnitKey(true, start, end, 0).write(out);
            PositionRanges.NONE.write(out);
            IncompleteWindow.write(lacks, out);
            out.writeVarLong(0);
        });
    }

    @Override
    public void write(List<ByteWriter> outs) {
        panes.values().forEach(unit -> unit.write(outs));
        buckets.values().forEach(revisions -> revisions.values().forEach(unit -> unit.write(outs)));
    }

    /** How often panes, or what was combined of them, were combined for windows that overlap. For tests of the cost. */
    long combinations() {
        return running == null ? 0 : running.combinations();
    }

    @Override
    public long retainedBytes() {
        long bytes = running == null ? 0 : running.retainedBytes() + numbers.retainedBytes();
        for (GroupUnit unit : panes.values()) {
            bytes += unit.groups().retainedBytes();
        }
        for (TreeMap<Integer, GroupUnit> revisions : buckets.values()) {
            for (GroupUnit unit : revisions.values()) {
                bytes += unit.groups().retainedBytes();
            }
        }
        return bytes;
    }

    private GroupUnit unit(UnitKey key) {
        if (key.pane()) {
            if (running != null && running.reaches(key.start())) {
                running.reset();
            }
            return panes.computeIfAbsent(
                    key.start(), start -> running == null ? newUnit(key) : newNumberedUnit(key));
        }
        WindowKey window = new WindowKey(key.end(), key.start());
        TreeMap<Integer, GroupUnit> revisions =
                buckets.computeIfAbsent(window, any -> new TreeMap<>());
        GroupUnit unit = revisions.get(key.revision());
        if (unit == null) {
            unit = newUnit(key);
            revisions.put(key.revision(), unit);
            long dueTime = lateness.dueTime(key.end(), key.revision());
            if (key.revision() > 0 && dueTime > watermark()) {
                amendments.add(new Due(dueTime, window, key.revision()));
            }
        }
        return unit;
    }

    private GroupUnit newUnit(UnitKey key) {
        return new GroupUnit(key, new GroupTable(shaper.layout().calls(), keysMax));
    }

    private GroupUnit newNumberedUnit(UnitKey key) {
        NumberedKeys keys = new NumberedKeys(numbers);
        return new GroupUnit(key, new GroupTable(shaper.layout().calls(), keysMax, keys));
    }

    /** The least window after {@code after} that holds rows of revision 0. */
    private @Nullable WindowKey nextWindow(WindowKey after) {
        WindowKey best = nextBucket(after);
        if (windows == null || panes.isEmpty()) {
            return best;
        }
        long first = panes.firstKey();
        if (after.end() >= windows.firstEnd(first)) {
            long end = windows.nextEnd(after.end());
            Long pane = panes.ceilingKey(windows.startOf(end));
            if (pane == null) {
                return best;
            }
            first = Math.max(end, windows.firstEnd(pane));
        } else {
            first = windows.firstEnd(first);
        }
        return best != null && best.end() <= first
                ? best
                : new WindowKey(first, windows.startOf(first));
    }

    private @Nullable WindowKey nextBucket(WindowKey after) {
        for (Map.Entry<WindowKey, TreeMap<Integer, GroupUnit>> entry :
                buckets.tailMap(after, false).entrySet()) {
            if (entry.getValue().containsKey(0)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** @param through goes from window to window, if windows share panes */
    private void emitFirst(
            WindowKey window, boolean early, @Nullable RunningWindow through, LinkRowSink sink) {
        WindowGroups groups = through == null
                ? WindowGroups.of(unitsOf(window, 0), shaper.layout().calls(), keysMax)
                : running(window, through);
        IncompleteWindow incomplete = incomplete(groups.incomplete(), window);
        if (groups.slots().length == 0 && incomplete == null) {
            return;
        }
        LinkRows.Emission emission =
                new LinkRows.Emission(0, window.end(), early, incomplete, groups.positions());
        int[] all = groups.slots();
        int from = 0;
        do {
            int to = Math.min(all.length, from + Batch.ROWS_MAX);
            int[] slots = Arrays.copyOfRange(all, from, to);
            give(groups.table(), chunk(window, groups.table(), slots), emission, sink);
            from = to;
        } while (from < all.length);
    }

    private WindowGroups running(WindowKey window, RunningWindow through) {
        RunningGroups ofPanes = through.of(panes, window.start(), window.end());
        return WindowGroups.of(
                ofPanes, numbers, buckets(window, 0), shaper.layout().calls(), keysMax);
    }

    private @Nullable IncompleteWindow incomplete(
            @Nullable IncompleteWindow ofUnits, WindowKey window) {
        IncompleteWindow ofStretches = stretches.touch(window.start(), window.end())
                ? IncompleteWindow.inherited(window.start(), window.end())
                : null;
        IncompleteWindow incomplete = IncompleteWindow.or(ofStretches, ofUnits);
        return incomplete == null ? null : incomplete.in(window.start(), window.end());
    }

    /**
     * Gives revision k ≥ 1: the keys that its bucket holds, overflow rows that changed, and the rows that the revision before
     * showed and this one does not.
     */
    private void emitAmendment(Due due, LinkRowSink sink) {
        WindowKey window = due.window();
        List<AggregateCall> calls = shaper.layout().calls();
        List<GroupUnit> units = unitsOf(window, due.revision() - 1);
        GroupTable before = WindowGroups.of(units, calls, keysMax).table();
        units.add(bucket(due));
        GroupTable bucket = bucket(due).groups();
        GroupTable after = WindowGroups.combined(List.of(before, bucket), calls, keysMax);
        LinkRows.Emission emission = new LinkRows.Emission(
                due.revision(), due.time(), false, null, WindowGroups.positions(units));
        Amendment amendment = Amendment.of(before, after, bucket);
        for (int view = 0; view < shaper.viewCount(); view++) {
            // Copied, for the projection has one batch at a time.
            LinkRows shown = Amendment.shown(shaper.shape(
                    view, before, chunk(window, before, amendment.slotsBefore()), emission));
            LinkRows now = shaper.shape(
                    view, after, chunk(window, after, amendment.slotsAfter()), emission);
            LinkRows removed = Amendment.removed(shown, now);
            Amendment.markWithdrawn(shown, now);
            if (removed.rowCount() > 0) {
                sink.rows(view, removed);
            }
            if (now.rowCount() > 0) {
                sink.rows(view, now);
            }
        }
    }

    private GroupUnit bucket(Due due) {
        TreeMap<Integer, GroupUnit> revisions =
                requireNonNull(buckets.get(due.window()), "revisions");
        return requireNonNull(revisions.get(due.revision()), "bucket");
    }

    private static GroupShaper.Chunk chunk(WindowKey window, GroupTable groups, int[] slots) {
        long[] starts = new long[slots.length];
        long[] ends = new long[slots.length];
        byte[] flags = new byte[slots.length];
        Arrays.fill(starts, window.start());
        Arrays.fill(ends, window.end());
        for (int i = 0; i < slots.length; i++) {
            flags[i] = (byte)
                    (LinkRows.VISIBLE | (groups.isOverflow(slots[i]) ? LinkRows.OVERFLOW : 0));
        }
        return new GroupShaper.Chunk(slots, starts, ends, flags);
    }

    /** The panes of a window and its buckets up to a revision. */
    private List<GroupUnit> unitsOf(WindowKey window, int revision) {
        List<GroupUnit> units = new ArrayList<>();
        if (windows != null) {
            units.addAll(panes.subMap(window.start(), window.end()).values());
        }
        units.addAll(buckets(window, revision));
        return units;
    }

    private Collection<GroupUnit> buckets(WindowKey window, int revision) {
        TreeMap<Integer, GroupUnit> own = buckets.get(window);
        return own == null ? List.of() : own.headMap(revision, true).values();
    }
}
