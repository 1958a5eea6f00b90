package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** MIN and MAX of VARCHAR, whose order is that of its unsigned bytes; NULL without a value. */
final class ExtremeBytesAccumulators extends Accumulators {
    private final boolean greatest;
    private final NonNullRows nonNull = new NonNullRows();
    private byte[] @Nullable [] values = {};

    ExtremeBytesAccumulators(boolean greatest) {
        this.greatest = greatest;
    }

    @Override
    public void ensureSlots(int slots) {
        if (slots > values.length) {
            values = Arrays.copyOf(values, Slots.capacity(values.length, slots));
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        BytesColumn column = input.bytes(0);
        Selection narrowed = nonNull.ofAll(selection, input);
        for (int i = 0; i < narrowed.size(); i++) {
            int row = narrowed.row(i);
            add(slots[row], column.bytes(), column.start(row), column.length(row));
        }
    }

    private void add(int slot, byte[] bytes, int start, int length) {
        byte[] kept = values[slot];
        if (kept != null) {
            int order = Arrays.compareUnsigned(bytes, start, start + length, kept, 0, kept.length);
            if (greatest ? order <= 0 : order >= 0) {
                return;
            }
        }
        values[slot] = Arrays.copyOfRange(bytes, start, start + length);
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        byte[] other = ((ExtremeBytesAccumulators) from).values[fromSlot];
        if (other != null) {
            add(slot, other, 0, other.length);
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        byte[] kept = values[slot];
        out.writeBoolean(kept != null);
        if (kept != null) {
            out.writeSlice(kept);
        }
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        if (in.readBoolean()) {
            int length = in.readCount();
            int start = in.skip(length);
            add(slot, in.array(), start, length);
        }
    }

    @Override
    public void clear(int slot) {
        values[slot] = null;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            byte[] kept = values[slots.row(i)];
            if (kept == null) {
                out.appendNull();
            } else {
                ((BytesColumnBuilder) out).append(kept);
            }
        }
    }

    @Override
    public long retainedBytes() {
        long bytes = (long) Integer.BYTES * values.length;
        for (byte[] kept : values) {
            bytes += kept == null ? 0 : 16L + kept.length;
        }
        return bytes;
    }
}
