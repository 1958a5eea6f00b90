package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.state.KeySlices;
import io.tidewatch.kernel.state.KeySlots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of one unit in a final stage. */
final class GroupUnit {
    private final UnitKey key;
    private final GroupTable groups;
    private final PositionRanges positions = new PositionRanges();
    private @Nullable IncompleteWindow incomplete;

    GroupUnit(UnitKey key, GroupTable groups) {
        this.key = key;
        this.groups = groups;
    }

    UnitKey key() {
        return key;
    }

    GroupTable groups() {
        return groups;
    }

    PositionRanges positions() {
        return positions;
    }

    /** What the unit lacks because links that are read do, if anything. */
    @Nullable
    IncompleteWindow incomplete() {
        return incomplete;
    }

    /**
     * Reads what follows the key of a unit in a block: positions, what the unit lacks, a count, entries.
     *
     * @param read takes keys
     */
    void merge(ByteReader in, KeySlices read) {
        positions.addFrom(in);
        incomplete =
                IncompleteWindow.or(incomplete, IncompleteWindow.read(key.start(), key.end(), in));
        groups.combineEntries(in.readCount(), in, read);
        if (groups.isFarOverLimit()) {
            groups.applyLimit();
        }
    }

    /** Writes what is the same for all key groups. */
    void writeCommon(ByteWriter out) {
        writeCommon(key, out);
    }

    /** Likewise, under another key. */
    void writeCommon(UnitKey writtenKey, ByteWriter out) {
        writtenKey.write(out);
        positions.write(out);
        IncompleteWindow.write(incomplete, out);
        out.writeVarLong(0);
    }

    /** Writes the entries of the unit, once per key group that has one and a writer. */
    void write(List<ByteWriter> outs) {
        int[] counts = groups.countsByKeyGroup();
        long bytesPerEntry = groups.expectedEntryBytes();
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            ByteWriter out = outs.get(keyGroup);
            if (out == null || counts[keyGroup] == 0) {
                continue;
            }
            key.write(out);
            PositionRanges.NONE.write(out);
            IncompleteWindow.write(null, out);
            out.writeVarLong(counts[keyGroup]);
            out.expect(counts[keyGroup] * bytesPerEntry);
        }
        // In the order of slots, which is that of memory, so that each array is read in passing.
        KeySlots keys = groups.keys();
        for (int slot = 0; slot < groups.size(); slot++) {
            ByteWriter out = outs.get(keys.keyGroup(slot));
            if (out != null) {
                GroupTable.writeKey(keys, slot, out);
            }
        }
        for (Accumulators each : groups.accumulators()) {
            for (int slot = 0; slot < groups.size(); slot++) {
                ByteWriter out = outs.get(keys.keyGroup(slot));
                if (out != null) {
                    each.write(slot, out);
                }
            }
        }
    }
}
