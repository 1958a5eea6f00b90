package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** POSITIONS: the least and the greatest place per partition of the rows of a slot. The result is the bytes of {@link #write}. */
public final class PositionAccumulators extends Accumulators {
    private @Nullable PositionRanges[] ranges = {};

    PositionAccumulators() {}

    @Override
    public void ensureSlots(int slots) {
        if (slots > ranges.length) {
            ranges = Arrays.copyOf(ranges, Slots.capacity(ranges.length, slots));
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            input.origins().addPositions(row, own(slots[row]));
        }
    }

    private PositionRanges own(int slot) {
        PositionRanges own = ranges[slot];
        if (own == null) {
            own = new PositionRanges();
            ranges[slot] = own;
        }
        return own;
    }

    /** The positions of a slot; not to be changed. */
    public PositionRanges positions(int slot) {
        PositionRanges own = ranges[slot];
        return own == null ? PositionRanges.NONE : own;
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        own(slot).addAll(((PositionAccumulators) from).positions(fromSlot));
    }

    @Override
    public void write(int slot, ByteWriter out) {
        positions(slot).write(out);
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        own(slot).addFrom(in);
    }

    @Override
    public void clear(int slot) {
        ranges[slot] = null;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        finishWritten(slots, out);
    }

    @Override
    public long retainedBytes() {
        long bytes = 8L * ranges.length;
        for (PositionRanges each : ranges) {
            bytes += each == null ? 0 : each.retainedBytes();
        }
        return bytes;
    }
}
