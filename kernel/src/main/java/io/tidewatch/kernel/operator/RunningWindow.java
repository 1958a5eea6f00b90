package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.state.KeyNumbers;
import io.tidewatch.kernel.state.NumberedKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The combination of the panes of a window, kept up from window to window: each begins and ends where the one before does, or
 * later. All of it is made of the panes and can be dropped at any time.
 */
final class RunningWindow {
    /*
     * Aggregates can be combined and not taken apart, so what leaves a window cannot be subtracted. Two stacks do without
     * (Tangwongsan, Hirzel, Schneider and Wu, "General Incremental Sliding-Window Aggregation", VLDB 2015): for the older panes
     * the combination of each with all that follow it, of which the first is dropped as the window moves on, and for the newer
     * ones a running combination. When the older ones are used up, the newer take their place.
     *
     * To keep that combination for half the panes of a window would take as much memory as all panes. So the panes of a
     * window, n of them, form blocks of about 2 √n. Only for the oldest block, the front, is it kept for every pane; of the
     * blocks behind it one combination each, and the running one of them all, which is made anew when the next block becomes
     * the front. A pane is combined with the running combination, with its block, with that which is made anew while it is
     * among the newest, and with the front; each window combines the two parts of its answer. Beside the panes there are
     * 2.5 √n combinations, each of at most a block.
     */
    private final List<AggregateCall> calls;
    private final KeyNumbers keys;
    /** Per pane of the front that is left, its combination with those of the front that follow it; the first pane first. */
    private final ArrayDeque<Suffix> front = new ArrayDeque<>();
    /** Behind the front; the last may still grow. */
    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    /** Of all panes behind the front. */
    private RunningGroups rest;

    private RunningGroups answer;
    private RunningGroups scratch;
    private int[] ordinals = {};
    private long combinations;

    /** @param start of the pane */
    private record Suffix(long start, NumberedGroups groups) {}

    /** @param keys the numbers of the keys of all panes */
    RunningWindow(List<AggregateCall> calls, KeyNumbers keys) {
        this.calls = calls;
        this.keys = keys;
        this.rest = new RunningGroups(calls);
        this.answer = new RunningGroups(calls);
        this.scratch = new RunningGroups(calls);
    }

    /** Forgets everything; panes may have changed in any way since. */
    void reset() {
        front.clear();
        blocks.clear();
        rest = new RunningGroups(calls);
        answer = new RunningGroups(calls);
        scratch = new RunningGroups(calls);
    }

    /** Whether a pane that begins at a time is part of what is kept, or would come before a part. */
    boolean reaches(long start) {
        return !isEmpty() && start <= lastStart();
    }

    private boolean isEmpty() {
        return front.isEmpty() && blocks.isEmpty();
    }

    private long lastStart() {
        return blocks.isEmpty() ? front.getLast().start() : blocks.getLast().lastStart();
    }

    /**
     * The groups of a window that neither begins nor ends before the one that was asked for before, until the next call.
     *
     * @param panes the panes of all windows by start, with numbered keys
     */
    RunningGroups of(NavigableMap<Long, GroupUnit> panes, long start, long end) {
        removeBefore(start);
        long from = isEmpty() ? start : Math.max(start, lastStart() + 1);
        panes.subMap(from, Math.max(from, end)).values().forEach(this::add);
        if (front.isEmpty()) {
            return rest;
        }
        answer.clear();
        combine(answer, rest.view());
        combine(answer, front.getFirst().groups());
        return answer;
    }

    /** How often the groups of a pane, or of several that were combined, were combined with others. For tests of the cost. */
    long combinations() {
        return combinations;
    }

    long retainedBytes() {
        long bytes = rest.retainedBytes() + answer.retainedBytes() + scratch.retainedBytes();
        bytes += (long) Integer.BYTES * ordinals.length;
        for (Suffix suffix : front) {
            bytes += suffix.groups().retainedBytes();
        }
        for (Block block : blocks) {
            bytes += block.total == null ? 0 : block.total.retainedBytes();
        }
        return bytes;
    }

    private void add(GroupUnit pane) {
        Block last = blocks.peekLast();
        if (last == null || last.panes.size() >= last.panesMax) {
            last = new Block(panesOfBlock());
            blocks.addLast(last);
        }
        last.panes.add(pane);
        pane.groups().applyLimit();
        pane.groups().trim();
        combine(rest, view(pane));
    }

    private int panesOfBlock() {
        int panes = front.size();
        for (Block block : blocks) {
            panes += block.panes.size();
        }
        return 1 + (int) (2 * StrictMath.sqrt(panes));
    }

    private void removeBefore(long start) {
        while (!front.isEmpty() && front.getFirst().start() < start) {
            front.removeFirst();
        }
        if (!front.isEmpty() || blocks.isEmpty() || blocks.getFirst().firstStart() >= start) {
            return;
        }
        while (!blocks.isEmpty() && blocks.getFirst().lastStart() < start) {
            blocks.removeFirst();
        }
        if (!blocks.isEmpty() && blocks.getFirst().firstStart() < start) {
            makeFront(blocks.removeFirst(), start);
        }
        rest.clear();
        for (Block block : blocks) {
            if (block == blocks.getLast()) {
                block.panes.forEach(pane -> combine(rest, view(pane)));
            } else {
                combine(rest, block.total());
            }
        }
    }

    private void makeFront(Block block, long start) {
        scratch.clear();
        for (int i = block.panes.size() - 1; i >= 0 && block.start(i) >= start; i--) {
            combine(scratch, view(block.panes.get(i)));
            front.addFirst(new Suffix(block.start(i), copy(scratch)));
        }
    }

    private void combine(RunningGroups groups, NumberedGroups others) {
        combinations++;
        groups.add(others, keys.size());
    }

    private NumberedGroups copy(RunningGroups groups) {
        return groups.copy(ordinals(groups.view().size()));
    }

    /** A view of a pane. */
    private NumberedGroups view(GroupUnit pane) {
        NumberedKeys paneKeys = (NumberedKeys) pane.groups().keys();
        return new NumberedGroups(
                paneKeys.size(),
                paneKeys.numbers(),
                ordinals(paneKeys.size()),
                pane.groups().accumulators(),
                pane.positions(),
                pane.incomplete());
    }

    private int[] ordinals(int count) {
        if (count > ordinals.length) {
            ordinals = new int[Math.max(count, ordinals.length + (ordinals.length >> 1))];
            Arrays.setAll(ordinals, i -> i);
        }
        return ordinals;
    }

    /** Panes that follow one another. */
    private final class Block {
        private final int panesMax;
        private final List<GroupUnit> panes = new ArrayList<>();
        private @Nullable NumberedGroups total;

        Block(int panesMax) {
            this.panesMax = panesMax;
        }

        long start(int pane) {
            return panes.get(pane).key().start();
        }

        long firstStart() {
            return start(0);
        }

        long lastStart() {
            return start(panes.size() - 1);
        }

        /** The combination of all panes, to which none will be added. */
        NumberedGroups total() {
            if (total == null) {
                scratch.clear();
                panes.forEach(pane -> combine(scratch, view(pane)));
                total = copy(scratch);
            }
            return total;
        }
    }
}
