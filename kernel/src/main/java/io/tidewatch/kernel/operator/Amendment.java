package io.tidewatch.kernel.operator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which rows of a window an amendment touches. */
final class Amendment {
    private final int[] slotsBefore;
    private final int[] slotsAfter;

    private Amendment(int[] slotsBefore, int[] slotsAfter) {
        this.slotsBefore = slotsBefore;
        this.slotsAfter = slotsAfter;
    }

    /**
     * Compares the groups of two revisions.
     *
     * @param bucket what was added
     */
    static Amendment of(GroupTable before, GroupTable after, GroupTable bucket) {
        boolean[] folds = new boolean[KeyGroups.COUNT];
        markFolding(before, after, folds);
        markFolding(bucket, after, folds);
        for (int slot = 0; slot < bucket.size(); slot++) {
            folds[bucket.keys().keyGroup(slot)] |= bucket.isOverflow(slot);
        }
        int[] slotsBefore = new int[before.size()];
        int countBefore = 0;
        for (int slot = 0; slot < before.size(); slot++) {
            if (before.isOverflow(slot)
                    ? folds[before.keys().keyGroup(slot)]
                    : after.keys().find(before.keys(), slot) < 0
                            || bucket.keys().find(before.keys(), slot) >= 0) {
                slotsBefore[countBefore++] = slot;
            }
        }
        int[] slotsAfter = new int[after.size()];
        int countAfter = 0;
        for (int slot = 0; slot < after.size(); slot++) {
            if (after.isOverflow(slot)
                    ? folds[after.keys().keyGroup(slot)]
                    : bucket.keys().find(after.keys(), slot) >= 0) {
                slotsAfter[countAfter++] = slot;
            }
        }
        return new Amendment(
                Arrays.copyOf(slotsBefore, countBefore), Arrays.copyOf(slotsAfter, countAfter));
    }

    /** Marks the key groups whose overflow row changes, which other key groups must not decide. */
    private static void markFolding(GroupTable groups, GroupTable after, boolean[] folds) {
        for (int slot = 0; slot < groups.size(); slot++) {
            if (!groups.isOverflow(slot) && after.keys().find(groups.keys(), slot) < 0) {
                folds[groups.keys().keyGroup(slot)] = true;
            }
        }
    }

    /** The keys of the earlier revision that are touched. */
    int[] slotsBefore() {
        return slotsBefore;
    }

    /** The keys of the later revision that are touched. */
    int[] slotsAfter() {
        return slotsAfter;
    }

    /** Copies of the rows that were shown before. */
    static LinkRows shown(LinkRows before) {
        int[] rows = new int[before.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (before.is(LinkRows.VISIBLE, row)) {
                rows[count++] = row;
            }
        }
        return withdrawn(before, rows, count);
    }

    /** Marks the rows that were shown before and are not any more. */
    static void markWithdrawn(LinkRows shown, LinkRows after) {
        Set<String> shownKeys = keysOf(shown, 0);
        for (int row = 0; row < after.rowCount(); row++) {
            if (!after.is(LinkRows.VISIBLE | LinkRows.FAILED, row)
                    && shownKeys.contains(keyOf(after, row))) {
                after.flags()[row] |= LinkRows.WITHDRAWN;
            }
        }
    }

    /**
     * Of the rows that were shown before, as they were, those that have no row to take their place: their keys are folded
     * into an overflow row now, or cannot be computed any more.
     */
    static LinkRows removed(LinkRows shown, LinkRows after) {
        Set<String> kept = keysOf(after, LinkRows.FAILED);
        int[] rows = new int[shown.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (!kept.contains(keyOf(shown, row))) {
                rows[count++] = row;
            }
        }
        return withdrawn(shown, rows, count);
    }

    /** The keys of the rows without a flag. */
    private static Set<String> keysOf(LinkRows rows, int flag) {
        Set<String> keys = new LinkedHashSet<>();
        for (int row = 0; row < rows.rowCount(); row++) {
            if (!rows.is(flag, row)) {
                keys.add(keyOf(rows, row));
            }
        }
        return keys;
    }

    private static LinkRows withdrawn(LinkRows source, int[] rows, int count) {
        Column[] columns = new Column[source.batch().schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Gather.copyOf(source.batch().column(i), rows, count);
        }
        byte[] flags = new byte[count];
        for (int i = 0; i < count; i++) {
            int kept = source.flags()[rows[i]] & (LinkRows.OVERFLOW | LinkRows.APPROXIMATE);
            flags[i] = (byte) (LinkRows.WITHDRAWN | LinkRows.FOLDED | kept);
        }
        return new LinkRows(
                new Batch(source.batch().schema(), count, columns),
                source.windows().gather(rows, count),
                Gather.longs(source.eventTimes(), rows, count),
                flags,
                source.emission(),
                null);
    }

    private static String keyOf(LinkRows rows, int row) {
        BytesColumn keys = rows.windows().keys();
        return new String(keys.bytes(), keys.start(row), keys.length(row), ISO_8859_1);
    }
}
