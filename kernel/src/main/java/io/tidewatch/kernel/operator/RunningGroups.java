package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.PositionRanges;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A combination of panes to which more can be added. The number of a key is its slot. */
final class RunningGroups {
    private final List<AggregateCall> calls;
    private final Accumulators[] accumulators;
    /** Of the keys that are here, in the order in which they came; only appended to while copies share it. */
    private int[] numbers = {};

    private boolean sharesNumbers;
    private int size;
    private boolean[] held = {};
    private PositionRanges positions = new PositionRanges();
    private @Nullable IncompleteWindow incomplete;

    RunningGroups(List<AggregateCall> calls) {
        this.calls = calls;
        this.accumulators = GroupTable.create(calls);
    }

    /** What is here, until it changes. */
    NumberedGroups view() {
        return new NumberedGroups(size, numbers, numbers, accumulators, positions, incomplete);
    }

    /**
     * What is here, for good.
     *
     * @param ordinals 0, 1, 2, … for at least as many keys as there are
     */
    NumberedGroups copy(int[] ordinals) {
        Accumulators[] copies = GroupTable.create(calls);
        for (int i = 0; i < copies.length; i++) {
            copies[i].ensureSlots(size);
            copies[i].combineAll(ordinals, accumulators[i], numbers, size);
        }
        PositionRanges copiedPositions = new PositionRanges();
        copiedPositions.addAll(positions);
        sharesNumbers = true;
        return new NumberedGroups(size, numbers, ordinals, copies, copiedPositions, incomplete);
    }

    /** Combines other groups with those that are here. All numbers are less than {@code numberCount}. */
    void add(NumberedGroups groups, int numberCount) {
        ensure(numberCount, groups.size());
        int[] others = groups.numbers();
        for (int i = 0; i < groups.size(); i++) {
            int number = others[i];
            if (!held[number]) {
                held[number] = true;
                numbers[size++] = number;
            }
        }
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].combineAll(
                    others, groups.accumulators()[i], groups.slots(), groups.size());
        }
        positions.addAll(groups.positions());
        incomplete = IncompleteWindow.or(incomplete, groups.incomplete());
    }

    /** The numbers of the keys that are here, in the order that {@code inOrder} has all numbers. */
    int[] numbers(int[] inOrder) {
        int[] ordered = new int[size];
        int next = 0;
        for (int i = 0; next < size; i++) {
            int number = inOrder[i];
            if (number < held.length && held[number]) {
                ordered[next++] = number;
            }
        }
        return ordered;
    }

    void clear() {
        for (Accumulators each : accumulators) {
            each.clearAll(numbers, size);
        }
        for (int i = 0; i < size; i++) {
            held[numbers[i]] = false;
        }
        if (sharesNumbers) {
            numbers = new int[size];
            sharesNumbers = false;
        }
        size = 0;
        positions = new PositionRanges();
        incomplete = null;
    }

    long retainedBytes() {
        return view().retainedBytes() + (long) Integer.BYTES * numbers.length + held.length;
    }

    private void ensure(int numberCount, int added) {
        if (numberCount > held.length) {
            int capacity = Math.max(numberCount, held.length + (held.length >> 1));
            held = Arrays.copyOf(held, capacity);
            for (Accumulators each : accumulators) {
                each.ensureSlots(capacity);
            }
        }
        if (size + added > numbers.length) {
            int capacity = Math.max(size + added, numbers.length + (numbers.length >> 1));
            numbers = Arrays.copyOf(numbers, Math.min(capacity, held.length));
        }
    }
}
