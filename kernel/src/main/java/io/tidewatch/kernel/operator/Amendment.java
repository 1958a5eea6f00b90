package io.tidewatch.kernel.operator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.state.KeyTable;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which rows of a window an amendment touches. */
final class Amendment {
    private final int[] slotsBefore;
    private final boolean[] isFolded;
    private final int[] slotsAfter;

    private Amendment(int[] slotsBefore, boolean[] isFolded, int[] slotsAfter) {
        this.slotsBefore = slotsBefore;
        this.isFolded = isFolded;
        this.slotsAfter = slotsAfter;
    }

    /**
     * Compares the groups of two revisions.
     *
     * @param bucket what was added
     */
    static Amendment of(GroupTable before, GroupTable after, GroupTable bucket) {
        int[] slotsBefore = new int[before.size()];
        boolean[] isFolded = new boolean[before.size()];
        int countBefore = 0;
        for (int slot = 0; slot < before.size(); slot++) {
            boolean folded = find(after, before, slot) < 0;
            if (folded || before.isOverflow(slot) || find(bucket, before, slot) >= 0) {
                isFolded[countBefore] = folded;
                slotsBefore[countBefore++] = slot;
            }
        }
        int[] slotsAfter = new int[after.size()];
        int countAfter = 0;
        for (int slot = 0; slot < after.size(); slot++) {
            if (after.isOverflow(slot) || find(bucket, after, slot) >= 0) {
                slotsAfter[countAfter++] = slot;
            }
        }
        return new Amendment(
                Arrays.copyOf(slotsBefore, countBefore),
                isFolded,
                Arrays.copyOf(slotsAfter, countAfter));
    }

    /** The keys of the earlier revision that are touched. */
    int[] slotsBefore() {
        return slotsBefore;
    }

    /** The keys of the later revision that are touched. */
    int[] slotsAfter() {
        return slotsAfter;
    }

    /** The keys of the rows that were shown before. */
    Set<String> visibleKeys(LinkRows before) {
        Set<String> keys = new LinkedHashSet<>();
        for (int row = 0; row < before.rowCount(); row++) {
            if (before.is(LinkRows.VISIBLE, row)) {
                keys.add(keyOf(before, row));
            }
        }
        return keys;
    }

    /** Marks the rows that were shown before and are not any more. */
    void markWithdrawn(Set<String> shownBefore, LinkRows after) {
        for (int row = 0; row < after.rowCount(); row++) {
            if (!after.is(LinkRows.VISIBLE, row) && shownBefore.contains(keyOf(after, row))) {
                after.flags()[row] |= LinkRows.WITHDRAWN;
            }
        }
    }

    /** The rows that were shown before and whose keys are folded into an overflow row now, as withdrawn rows. */
    LinkRows folded(LinkRows before) {
        int[] rows = new int[before.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (before.is(LinkRows.VISIBLE, row) && isFolded[row]) {
                rows[count++] = row;
            }
        }
        return withdrawn(before, rows, count);
    }

    private static LinkRows withdrawn(LinkRows source, int[] rows, int count) {
        Column[] columns = new Column[source.batch().schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Gather.of(source.batch().column(i), rows, count);
        }
        byte[] flags = new byte[count];
        Arrays.fill(flags, (byte) (LinkRows.WITHDRAWN | LinkRows.FOLDED));
        return new LinkRows(
                new Batch(source.batch().schema(), count, columns),
                source.windows().gather(rows, count),
                Gather.longs(source.eventTimes(), rows, count),
                flags,
                source.emission(),
                null);
    }

    private static int find(GroupTable groups, GroupTable from, int slot) {
        KeyTable keys = from.keys();
        return groups.keys()
                .find(
                        keys.keyBytes(),
                        keys.keyStart(slot),
                        keys.keyLength(slot),
                        keys.hash(slot),
                        0);
    }

    private static String keyOf(LinkRows rows, int row) {
        BytesColumn keys = rows.windows().keys();
        return new String(keys.bytes(), keys.start(row), keys.length(row), ISO_8859_1);
    }
}
