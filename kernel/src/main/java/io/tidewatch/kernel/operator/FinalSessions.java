package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.state.KeySlices;
import io.tidewatch.kernel.time.Times;
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
     * So a session that has its last row in pane [s, s + gap) ends in the next stretch, [s + gap, s + 2 gap). Whether it
     * does, or goes on there, or is cut because its key is folded there, is known when that stretch is complete. Then all
     * sessions that end in it come out, in the order of their ends; those that go on are carried into the next pane.
     */

    /** In the place of the revision of a unit that is written: what earlier panes brought along. */
    private static final int CARRIED = 1;

    /** In the place of the revision of a unit that is written: the limit on keys has been applied. */
    private static final int LIMITED = 2;

    /** In the place of the revision of a unit that is written: the keys of sessions that may lack rows. */
    private static final int CUT = 3;

    private final GroupShaper shaper;
    private final long gapMillis;
    private final int keysMax;
    private final TreeMap<Long, Pane> panes = new TreeMap<>();
    private final KeySlices read = new KeySlices();
    private boolean finished;

    FinalSessions(GroupShaper shaper, long gapMillis, int keysMax) {
        this.shaper = shaper;
        this.gapMillis = gapMillis;
        this.keysMax = keysMax;
    }

    /** The rows of one stretch of event time as long as the gap. */
    private final class Pane {
        private final long start;
        private final long end;
        private GroupUnit unit;
        /** What sessions that began earlier bring along, by key. */
        private GroupTable carried;
        /** The keys of the sessions here that may lack rows before this stretch. */
        private final GroupTable cut = newTable(Integer.MAX_VALUE);
        /** Whether no more rows come: the limit on keys has been applied, and what the stretch lacks was told. */
        private boolean complete;

        Pane(long start) {
            this.start = start;
            this.end = start + gapMillis;
            this.unit = new GroupUnit(new UnitKey(true, start, end, 0), newTable(keysMax));
            this.carried = newTable(Integer.MAX_VALUE);
        }

        GroupTable groups() {
            return unit.groups();
        }

        /** All that is here, with what earlier panes brought along. */
        GroupTable copyAll() {
            GroupTable copy = newTable(Integer.MAX_VALUE);
            copy.combine(carried);
            copy.combine(groups());
            return copy;
        }

        /**
         * Whether rows of a key may be missing here.
         *
         * @param incomplete what the stretch lacks
         */
        boolean mayLack(@Nullable IncompleteWindow incomplete, GroupTable of, int slot) {
            return unit.incomplete() != null
                    || incomplete != null
                            && incomplete.isFolded(of.keys().keyGroup(slot))
                            && groups().find(of, slot) < 0;
        }

        /** What the stretch lacks: keys that are folded here, and what links that are read lack. */
        @Nullable
        IncompleteWindow incomplete() {
            IncompleteWindow incomplete =
                    unit.incomplete() == null ? null : unit.incomplete().asStretch(start, end);
            for (int slot = 0; slot < groups().size(); slot++) {
                if (groups().isOverflow(slot)) {
                    int keyGroup = groups().keys().keyGroup(slot);
                    incomplete = IncompleteWindow.or(
                            incomplete,
                            IncompleteWindow.folded(start, end, keyGroup).asStretch(start, end));
                }
            }
            return incomplete;
        }
    }

    @Override
    public void merge(ByteReader in) {
        while (in.hasRemaining()) {
            UnitKey key = UnitKey.read(in);
            Pane pane = panes.computeIfAbsent(key.start(), Pane::new);
            pane.complete |= key.revision() == LIMITED;
            switch (key.revision()) {
                case CARRIED -> new GroupUnit(key, pane.carried).merge(in, read);
                case CUT -> new GroupUnit(key, pane.cut).merge(in, read);
                default -> pane.unit.merge(in, read);
            }
        }
    }

    @Override
    void closeUpTo(long newWatermark, LinkRowSink sink) {
        for (Pane pane = first(); pane != null; pane = first()) {
            if (!pane.complete && pane.end <= newWatermark) {
                complete(pane, sink);
            }
            if (Times.addClamped(pane.end, gapMillis) > newWatermark) {
                return;
            }
            Pane next = next(pane);
            if (next != null && !next.complete) {
                complete(next, sink);
            }
            settle(pane, Long.MAX_VALUE, sink);
            panes.remove(pane.start);
        }
    }

    /** Ends the sessions that end in a stretch that is not complete; it is now that no more rows come. */
    @Override
    void closeRest(LinkRowSink sink) {
        finished = true;
        panes.values().forEach(pane -> pane.groups().applyLimit());
        for (Pane pane : panes.values()) {
            Parting parting = settle(pane, watermark(), sink);
            pane.unit = new GroupUnit(pane.unit.key(), parting.rest);
            pane.cut.combine(parting.cut);
        }
    }

    @Override
    public long closedTo() {
        // A session may end when a stretch begins, and is known when it ends.
        return finished || watermark() == Times.BEGINNING
                ? watermark()
                : Math.floorDiv(watermark(), gapMillis) * gapMillis - 1;
    }

    private @Nullable Pane first() {
        return panes.isEmpty() ? null : panes.firstEntry().getValue();
    }

    private @Nullable Pane next(Pane pane) {
        return panes.get(pane.end);
    }

    /** No more rows come for a pane: applies the limit on keys, and says what the stretch lacks. */
    private void complete(Pane pane, LinkRowSink sink) {
        pane.complete = true;
        pane.groups().applyLimit();
        IncompleteWindow incomplete = pane.incomplete();
        if (incomplete != null) {
            GroupTable none = newTable(0);
            LinkRows.Emission emission =
                    new LinkRows.Emission(0, pane.end, false, incomplete, PositionRanges.NONE);
            give(none, chunk(none, new int[0]), emission, sink);
        }
    }

    /** What becomes of the sessions of a stretch. */
    private final class Parting {
        /** Those that end up to a time. */
        private final GroupTable ended = newTable(Integer.MAX_VALUE);
        /** Those that end later, but not in the next stretch. */
        private final GroupTable rest = newTable(Integer.MAX_VALUE);
        /** The keys of both that may lack rows. */
        private final GroupTable cut = newTable(Integer.MAX_VALUE);
        /** Those that go on in the next stretch. */
        private final GroupTable goOn = newTable(Integer.MAX_VALUE);
        /** The keys of the sessions of the next stretch that may lack rows before it. */
        private final GroupTable cutNext = newTable(Integer.MAX_VALUE);
    }

    /** Gives the sessions that end with a pane, up to a time, and carries on what goes on. */
    private Parting settle(Pane pane, long through, LinkRowSink sink) {
        Parting parting = part(pane, pane.copyAll(), pane.cut, through);
        Pane next = next(pane);
        if (next != null) {
            next.carried.combine(parting.goOn);
            next.cut.combine(parting.cutNext);
        }
        pane.carried = newTable(Integer.MAX_VALUE);
        emit(parting.ended, parting.cut, false, sink);
        return parting;
    }

    /**
     * Parts the sessions of a pane. The limit on keys has been applied to it and to the next one.
     *
     * @param cut the keys of those that may lack rows before this stretch
     */
    private Parting part(Pane pane, GroupTable sessions, GroupTable cut, long through) {
        Pane next = next(pane);
        IncompleteWindow nextLacks = next == null ? null : next.incomplete();
        Parting parting = new Parting();
        long[] lastTimes = GroupShaper.longs(
                sessions, shaper.layout().lastTime(), Selection.all(sessions.size()));
        for (int slot : order(lastTimes, sessions.size())) {
            long end = Times.addClamped(lastTimes[slot], gapMillis);
            boolean isCut = pane.unit.incomplete() != null || cut.find(sessions, slot) >= 0;
            if (next != null && goesOn(sessions, slot, end, next)) {
                parting.goOn.combineSlot(sessions, slot);
                if (isCut) {
                    parting.cutNext.addKey(sessions, slot);
                }
            } else {
                (end <= through ? parting.ended : parting.rest).combineSlot(sessions, slot);
                if (isCut || next != null && next.mayLack(nextLacks, sessions, slot)) {
                    parting.cut.addKey(sessions, slot);
                }
            }
        }
        if (next != null) {
            markCut(pane, next, parting);
        }
        return parting;
    }

    /** Marks the sessions that begin in a stretch and may have had rows in the one before. */
    private static void markCut(Pane pane, Pane next, Parting parting) {
        IncompleteWindow lacks = pane.incomplete();
        for (int slot = 0; lacks != null && slot < next.groups().size(); slot++) {
            if (parting.goOn.find(next.groups(), slot) < 0
                    && pane.mayLack(lacks, next.groups(), slot)) {
                parting.cutNext.addKey(next.groups(), slot);
            }
        }
    }

    /** Whether a session has a row in the next pane that is less than the gap away. */
    private boolean goesOn(GroupTable sessions, int slot, long end, Pane next) {
        return !sessions.isOverflow(slot) && firstTime(next.groups(), sessions, slot) < end;
    }

    /** @param cut which of them may lack rows */
    private void emit(GroupTable ended, GroupTable cut, boolean early, LinkRowSink sink) {
        for (int from = 0; from < ended.size(); from += Batch.ROWS_MAX) {
            int[] slots = IntStream.range(from, Math.min(ended.size(), from + Batch.ROWS_MAX))
                    .toArray();
            GroupShaper.Chunk chunk = chunk(ended, slots);
            for (int i = 0; i < slots.length; i++) {
                boolean isCut = !ended.isOverflow(slots[i]) && cut.find(ended, slots[i]) >= 0;
                chunk.flags()[i] |= (byte) (isCut ? LinkRows.INCOMPLETE : 0);
            }
            long dueTime = chunk.ends()[slots.length - 1];
            give(
                    ended,
                    chunk,
                    new LinkRows.Emission(0, dueTime, early, null, PositionRanges.NONE),
                    sink);
        }
    }

    private GroupShaper.Chunk chunk(GroupTable ended, int[] slots) {
        Selection chosen = Selection.of(slots, slots.length);
        long[] starts = GroupShaper.longs(ended, shaper.layout().firstTime(), chosen);
        long[] ends = GroupShaper.longs(ended, shaper.layout().lastTime(), chosen);
        byte[] flags = new byte[slots.length];
        for (int i = 0; i < slots.length; i++) {
            ends[i] = Times.addClamped(ends[i], gapMillis);
            int overflow = ended.isOverflow(slots[i]) ? LinkRows.OVERFLOW : 0;
            flags[i] = (byte) (LinkRows.VISIBLE | overflow);
        }
        return new GroupShaper.Chunk(slots, starts, ends, flags);
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
        if (finished) {
            panes.values().forEach(pane -> emit(pane.groups(), pane.cut, true, sink));
            return;
        }
        panes.values().forEach(pane -> pane.groups().applyLimit());
        Parting before = new Parting();
        for (Pane pane : panes.values()) {
            // Of the pane before, nothing goes on unless this is the next one.
            GroupTable sessions = pane.copyAll();
            sessions.combine(before.goOn);
            GroupTable cut = newTable(Integer.MAX_VALUE);
            cut.combine(pane.cut);
            cut.combine(before.cutNext);
            before = part(pane, sessions, cut, Long.MAX_VALUE);
            emit(before.ended, before.cut, true, sink);
        }
    }

    /** The first time of a key in a pane's groups, or the end of time if it is not there. */
    private long firstTime(GroupTable groups, GroupTable of, int slot) {
        int there = groups.find(of, slot);
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
    void writeState(ByteWriter out) {
        for (Pane pane : panes.values()) {
            if (pane.complete) {
                pane.unit.writeCommon(key(pane, LIMITED), out);
            } else {
                pane.unit.writeCommon(out);
            }
        }
    }

    @Override
    public void write(List<ByteWriter> outs) {
        for (Pane pane : panes.values()) {
            new GroupUnit(key(pane, CARRIED), pane.carried).write(outs);
            new GroupUnit(key(pane, CUT), pane.cut).write(outs);
            pane.unit.write(outs);
        }
    }

    private UnitKey key(Pane pane, int mark) {
        return new UnitKey(true, pane.start, pane.end, mark);
    }

    @Override
    public long retainedBytes() {
        long bytes = 0;
        for (Pane pane : panes.values()) {
            bytes += pane.groups().retainedBytes()
                    + pane.carried.retainedBytes()
                    + pane.cut.retainedBytes();
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
