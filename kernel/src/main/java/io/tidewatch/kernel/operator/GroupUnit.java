package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.List;

/** The groups of one unit in a final stage. */
final class GroupUnit {
    private final UnitKey key;
    private final GroupTable groups;
    private final PositionRanges positions = new PositionRanges();

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

    /** Reads what follows the key of a unit in a block: positions, a count, entries. */
    void merge(ByteReader in) {
        positions.addFrom(in);
        int count = in.readCount();
        for (int i = 0; i < count; i++) {
            groups.combineEntry(in);
        }
        if (groups.isFarOverLimit()) {
            groups.applyLimit();
        }
    }

    /** Writes the unit once per key group that has an entry in it and a writer. */
    void write(List<ByteWriter> outs) {
        int[][] slotsByGroup = groups.slotsByKeyGroup();
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            ByteWriter out = outs.get(keyGroup);
            int[] slots = slotsByGroup[keyGroup];
            if (out == null || slots.length == 0) {
                continue;
            }
            key.write(out);
            positions.write(out);
            out.writeVarLong(slots.length);
            for (int slot : slots) {
                groups.writeEntry(slot, out);
            }
        }
    }
}
