package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.state.KeyNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one revision of a window, within the limit on keys; good until a unit of the window changes.
 *
 * @param slots of the table that are groups of the window
 * @param incomplete what the units lack, if anything
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record WindowGroups(
        GroupTable table,
        int[] slots,
        PositionRanges positions,
        @Nullable IncompleteWindow incomplete) {
    /** The combination of units, made anew. */
    static WindowGroups of(Collection<GroupUnit> units, List<AggregateCall> calls, int keysMax) {
        List<GroupTable> tables = new ArrayList<>();
        units.forEach(unit -> tables.add(unit.groups()));
        return ofAll(combined(tables, calls, keysMax), positions(units), incomplete(units));
    }

    /**
     * The combination of panes and of units of the window's own.
     *
     * @param keys of the panes; the slots come in the order of their bytes
     */
    static WindowGroups of(
            RunningGroups panes,
            KeyNumbers keys,
            Collection<GroupUnit> units,
            List<AggregateCall> calls,
            int keysMax) {
        NumberedGroups view = panes.view();
        GroupTable table = new GroupTable(calls, keysMax, keys.keys(), view.accumulators());
        int[] slots = panes.numbers(keys.inOrder());
        if (units.isEmpty() && !isOverLimit(table, slots, keysMax)) {
            return new WindowGroups(table, slots, view.positions(), view.incomplete());
        }
        GroupTable all = new GroupTable(calls, keysMax);
        for (int slot : slots) {
            all.combineSlot(table, slot);
        }
        units.forEach(unit -> add(unit.groups(), all));
        all.applyLimit();
        PositionRanges positions = positions(units);
        positions.addAll(view.positions());
        return ofAll(all, positions, IncompleteWindow.or(view.incomplete(), incomplete(units)));
    }

    /** One table as it is, or several combined. */
    static GroupTable combined(List<GroupTable> tables, List<AggregateCall> calls, int keysMax) {
        if (tables.size() == 1) {
            tables.get(0).applyLimit();
            return tables.get(0);
        }
        GroupTable combined = new GroupTable(calls, keysMax);
        tables.forEach(table -> add(table, combined));
        combined.applyLimit();
        return combined;
    }

    static PositionRanges positions(Collection<GroupUnit> units) {
        PositionRanges positions = new PositionRanges();
        units.forEach(unit -> positions.addAll(unit.positions()));
        return positions;
    }

    private static void add(GroupTable table, GroupTable combined) {
        table.applyLimit();
        combined.combine(table);
        if (combined.isFarOverLimit()) {
            combined.applyLimit();
        }
    }

    private static WindowGroups ofAll(
            GroupTable table, PositionRanges positions, @Nullable IncompleteWindow incomplete) {
        int[] all = new int[table.size()];
        Arrays.setAll(all, slot -> slot);
        return new WindowGroups(table, all, positions, incomplete);
    }

    private static @Nullable IncompleteWindow incomplete(Collection<GroupUnit> units) {
        IncompleteWindow incomplete = null;
        for (GroupUnit unit : units) {
            incomplete = IncompleteWindow.or(incomplete, unit.incomplete());
        }
        return incomplete;
    }

    private static boolean isOverLimit(GroupTable table, int[] slots, int keysMax) {
        if (slots.length <= keysMax) {
            return false;
        }
        int[] counts = new int[KeyGroups.COUNT];
        for (int slot : slots) {
            int keyGroup = table.keys().keyGroup(slot);
            if (!table.isOverflow(slot) && ++counts[keyGroup] > keysMax) {
                return true;
            }
        }
        return false;
    }
}
