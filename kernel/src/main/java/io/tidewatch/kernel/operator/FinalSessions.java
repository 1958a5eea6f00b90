package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.state.KeyTable;
import io.tidewatch.kernel.time.Times;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The final stage of session windows.
 */
final class FinalSessions extends FinalLink {
    /*
     * Rows are kept in panes as long as the gap: two rows of a key in one pane are always in one session, so a pane keeps
     * aggregates and the first and last time per key. A session goes on from one pane into the next if the key's first row
     * there is less than the gap after its last row here; it can not skip a pane.
     *
     * A key of pane [s, s + gap) is settled when the watermark reaches its last time plus the gap, which is in
     * [s + gap, s + 2 gap): then no row can come that is nearer than the gap. So panes are settled strictly one after the
     * other, and at that time the pane itself is complete. Either the session ends there, or what it has so far is carried
     * into the next pane.
     */

    /** In the place of the revision of a unit that is written: what earlier panes brought along. */
    private static final int CARRIED = 1;

    /** In the place of the revision of a unit that is written: the limit on keys has been applied. */
    private static final int LIMITED = 2;

    private final GroupShaper shaper;
    private final long gapMillis;
    private final int keysMax;
    private final TreeMap<Long, Pane> panes = new TreeMap<>();

    FinalSessions(GroupShaper shaper, long gapMillis, int keysMax) {
        this.shaper = shaper;
        this.gapMillis = gapMillis;
        this.keysMax = keysMax;
    }

    /** The rows of one stretch of event time as long as the gap. */
    private final class Pane {
        private final long start;
        private final GroupUnit unit;
        /** What sessions that began earlier bring along, by key. */
        private GroupTable carried;
        /** Whether the limit on keys has been applied for good. */
        private boolean limited;
        /** The slots that are not settled, by their last time; present once the pane is complete. */
        private int @Nullable [] unsettled;

        private long[] lastTimes = new long[0];
        private int settled;

        Pane(long start) {
            this.start = start;
            this.unit = new GroupUnit(
                    new UnitKey(true, start, start + gapMillis, 0), newTable(keysMax));
            this.carried = newTable(Integer.MAX_VALUE);
        }

        GroupTable groups() {
            return unit.groups();
        }

        boolean isSettled() {
            return unsettled != null && settled == unsettled.length;
        }

        /** The groups that have not come out, with what earlier panes brought along. */
        GroupTable copyUnsettled() {
            GroupTable copy = newTable(Integer.MAX_VALUE);
            copy.combine(carried);
            int[] slots = unsettled == null
                    ? IntStream.range(0, groups().size()).toArray()
                    : Arrays.copyOfRange(unsettled, settled, unsettled.length);
            for (int slot : slots) {
                copy.combineSlot(groups(), slot);
            }
            return copy;
        }

        /** No more rows come for this pane: applies the limit on keys and sorts what is to be settled. */
        int[] complete() {
            if (unsettled == null) {
                if (!limited) {
                    groups().applyLimit();
                    limited = true;
                }
                // A key that was folded here ends with what it brought along.
                groups().combine(carried);
                carried = newTable(Integer.MAX_VALUE);
                Selection all = Selection.all(groups().size());
                lastTimes = GroupShaper.longs(groups(), shaper.layout().lastTime(), all);
                unsettled = order(lastTimes, groups().size());
            }
            return unsettled;
        }
    }

    @Override
    public void merge(ByteReader in) {
        while (in.hasRemaining()) {
            UnitKey key = UnitKey.read(in);
            Pane pane = panes.computeIfAbsent(key.start(), Pane::new);
            pane.limited |= key.revision() == LIMITED;
            GroupUnit unit =
                    key.revision() == CARRIED ? new GroupUnit(key, pane.carried) : pane.unit;
            unit.merge(in);
        }
    }

    @Override
    void closeUpTo(long newWatermark, LinkRowSink sink) {
        for (Pane pane = first(); pane != null; pane = first()) {
            if (Times.addClamped(pane.start, gapMillis) > newWatermark) {
                return;
            }
            settle(pane, newWatermark, sink);
            if (!pane.isSettled()) {
                return;
            }
            panes.remove(pane.start);
        }
    }

    /** Ends the sessions that went on into a stretch in which their key is beyond the limit. */
    @Override
    void closeRest(LinkRowSink sink) {
        for (Pane pane : panes.values()) {
            pane.groups().applyLimit();
            GroupTable carried = pane.carried;
            Selection all = Selection.all(carried.size());
            long[] lastTimes = GroupShaper.longs(carried, shaper.layout().lastTime(), all);
            GroupTable ended = newTable(Integer.MAX_VALUE);
            pane.carried = newTable(Integer.MAX_VALUE);
            for (int slot : order(lastTimes, carried.size())) {
                long end = Times.addClamped(lastTimes[slot], gapMillis);
                boolean isCut = firstTime(pane.groups(), carried, slot) >= end;
                (isCut && end <= watermark() ? ended : pane.carried).combineSlot(carried, slot);
            }
            emit(ended, false, sink);
        }
    }

    private @Nullable Pane first() {
        return panes.isEmpty() ? null : panes.firstEntry().getValue();
    }

    private void settle(Pane pane, long newWatermark, LinkRowSink sink) {
        int[] order = pane.complete();
        GroupTable ended = newTable(Integer.MAX_VALUE);
        while (pane.settled < order.length) {
            int slot = order[pane.settled];
            long end = Times.addClamped(pane.lastTimes[slot], gapMillis);
            if (end > newWatermark) {
                break;
            }
            pane.settled++;
            if (goesOn(pane, slot, end)) {
                carry(pane, slot);
            } else {
                ended.combineSlot(pane.groups(), slot);
            }
        }
        emit(ended, false, sink);
    }

    /** Whether the session of a slot has a row in the next pane that is less than the gap away. */
    private boolean goesOn(Pane pane, int slot, long end) {
        Pane next = panes.get(pane.start + gapMillis);
        return next != null
                && !pane.groups().isOverflow(slot)
                && firstTime(next.groups(), pane.groups(), slot) < end;
    }

    private void carry(Pane pane, int slot) {
        Pane next = panes.get(pane.start + gapMillis);
        if (next == null) {
            throw new IllegalStateException("a session goes on into a pane that is not there");
        }
        next.carried.combineSlot(pane.groups(), slot);
    }

    private void emit(GroupTable ended, boolean early, LinkRowSink sink) {
        if (ended.size() == 0) {
            return;
        }
        Selection all = Selection.all(ended.size());
        long[] starts = GroupShaper.longs(ended, shaper.layout().firstTime(), all);
        long[] lasts = GroupShaper.longs(ended, shaper.layout().lastTime(), all);
        LinkRows.Emission emission = new LinkRows.Emission(
                0,
                Times.addClamped(lasts[ended.size() - 1], gapMillis),
                early,
                false,
                new PositionRanges());
        for (int from = 0; from < ended.size(); from += Batch.ROWS_MAX) {
            int count = Math.min(ended.size() - from, Batch.ROWS_MAX);
            int[] slots = new int[count];
            long[] chunkStarts = new long[count];
            long[] chunkEnds = new long[count];
            byte[] flags = new byte[count];
            for (int i = 0; i < count; i++) {
                slots[i] = from + i;
                chunkStarts[i] = starts[from + i];
                chunkEnds[i] = Times.addClamped(lasts[from + i], gapMillis);
                flags[i] = (byte)
                        (LinkRows.VISIBLE | (ended.isOverflow(from + i) ? LinkRows.OVERFLOW : 0));
            }
            GroupShaper.Chunk chunk = new GroupShaper.Chunk(slots, chunkStarts, chunkEnds, flags);
            for (int view = 0; view < shaper.viewCount(); view++) {
                sink.rows(view, shaper.shape(view, ended, chunk, emission));
            }
        }
    }

    @Override
    public long greatestEnd() {
        if (panes.isEmpty()) {
            return Times.BEGINNING;
        }
        Pane last = panes.lastEntry().getValue();
        long[] lastTimes = GroupShaper.longs(
                last.groups(),
                shaper.layout().lastTime(),
                Selection.all(last.groups().size()));
        long greatest = last.start;
        for (int slot = 0; slot < last.groups().size(); slot++) {
            greatest = Math.max(greatest, lastTimes[slot]);
        }
        return Times.addClamped(greatest, gapMillis);
    }

    @Override
    public void early(LinkRowSink sink) {
        GroupTable open = newTable(Integer.MAX_VALUE);
        for (Pane pane : panes.values()) {
            GroupTable here = pane.copyUnsettled();
            GroupTable ended = newTable(Integer.MAX_VALUE);
            long[] lasts =
                    GroupShaper.longs(open, shaper.layout().lastTime(), Selection.all(open.size()));
            for (int slot = 0; slot < open.size(); slot++) {
                boolean goesOn = !open.isOverflow(slot)
                        && firstTime(pane.groups(), open, slot)
                                < Times.addClamped(lasts[slot], gapMillis);
                (goesOn ? here : ended).combineSlot(open, slot);
            }
            emit(ended, true, sink);
            open = here;
        }
        emit(open, true, sink);
    }

    /** The first time of a key in a pane's groups, or the end of time if it is not there. */
    private long firstTime(GroupTable groups, GroupTable of, int slot) {
        KeyTable keys = of.keys();
        int there = groups.keys()
                .find(
                        keys.keyBytes(),
                        keys.keyStart(slot),
                        keys.keyLength(slot),
                        keys.hash(slot),
                        0);
        return there < 0
                ? Long.MAX_VALUE
                : GroupShaper.longs(
                        groups, shaper.layout().firstTime(), Selection.of(new int[] {there}, 1))[0];
    }

    @Override
    void forget() {
        // Panes are dropped as they are settled.
    }

    @Override
    public void write(List<ByteWriter> outs) {
        for (Pane pane : panes.values()) {
            new GroupUnit(key(pane, CARRIED), pane.carried).write(outs);
            if (pane.unsettled == null) {
                pane.unit.write(outs);
                continue;
            }
            GroupUnit rest = new GroupUnit(key(pane, LIMITED), newTable(Integer.MAX_VALUE));
            for (int i = pane.settled; i < pane.unsettled.length; i++) {
                rest.groups().combineSlot(pane.groups(), pane.unsettled[i]);
            }
            rest.write(outs);
        }
    }

    private UnitKey key(Pane pane, int mark) {
        return new UnitKey(true, pane.start, pane.start + gapMillis, mark);
    }

    @Override
    public void read(ByteReader in) {
        merge(in);
    }

    @Override
    public long retainedBytes() {
        long bytes = 0;
        for (Pane pane : panes.values()) {
            bytes += pane.groups().retainedBytes() + pane.carried.retainedBytes();
        }
        return bytes;
    }

    private GroupTable newTable(int limit) {
        return new GroupTable(shaper.layout().calls(), limit);
    }

    private static int[] order(long[] times, int count) {
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(slot -> times[slot]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
