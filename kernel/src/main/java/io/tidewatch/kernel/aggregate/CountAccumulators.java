package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;

/** COUNT(*), and COUNT(x, …): the rows of which no argument is NULL. Eight bytes per slot. */
sealed class CountAccumulators extends Accumulators permits RowRateAccumulators {
    private final NonNullRows nonNull = new NonNullRows();
    private long[] counts = {};

    @Override
    public void ensureSlots(int slots) {
        if (slots > counts.length) {
            counts = Arrays.copyOf(counts, Slots.capacity(counts.length, slots));
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        add(nonNull.ofAll(selection, input), slots, counts);
    }

    /** Adds 1 to the count of each selected row's slot. */
    static void add(Selection selection, int[] slots, long[] counts) {
        int size = selection.size();
        int[] rows = selection.rows();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                counts[slots[row]]++;
            }
        } else {
            for (int i = 0; i < size; i++) {
                counts[slots[rows[i]]]++;
            }
        }
    }

    final long count(int slot) {
        return counts[slot];
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        counts[slot] += ((CountAccumulators) from).counts[fromSlot];
    }

    @Override
    public void combineAll(int[] slots, Accumulators from, int[] fromSlots, int count) {
        long[] into = counts;
        long[] others = ((CountAccumulators) from).counts;
        for (int i = 0; i < count; i++) {
            into[slots[i]] += others[fromSlots[i]];
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        out.writeVarLong(counts[slot]);
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        counts[slot] += in.readVarLong();
    }

    @Override
    public void writeAll(int[] slots, int from, int to, ByteWriter out) {
        long[] written = counts;
        for (int i = from; i < to; i++) {
            out.writeVarLong(written[slots[i]]);
        }
    }

    @Override
    public void combineAllFrom(int[] slots, int count, ByteReader in) {
        long[] into = counts;
        for (int i = 0; i < count; i++) {
            into[slots[i]] += in.readVarLong();
        }
    }

    @Override
    public void clear(int slot) {
        counts[slot] = 0;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        LongColumnBuilder builder = (LongColumnBuilder) out;
        for (int i = 0; i < slots.size(); i++) {
            builder.append(counts[slots.row(i)]);
        }
    }

    @Override
    public long retainedBytes() {
        return (long) Long.BYTES * counts.length;
    }
}
