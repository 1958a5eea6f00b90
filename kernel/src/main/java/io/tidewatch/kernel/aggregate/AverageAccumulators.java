package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * AVG(x): the exact sum divided by the count, rounded once, so that it is right also where the sum itself would overflow. NULL
 * without a value.
 */
final class AverageAccumulators extends Accumulators {
    private final NonNullRows nonNull = new NonNullRows();
    private final BigInteger unit;
    private final Totals totals;
    private long[] counts = {};

    AverageAccumulators(Type type) {
        this.unit = Totals.unit(type);
        this.totals = Totals.of(type);
    }

    @Override
    public void ensureSlots(int slots) {
        totals.ensureSlots(slots);
        if (slots > counts.length) {
            counts = Arrays.copyOf(counts, Slots.capacity(counts.length, slots));
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection rows = nonNull.ofAll(selection, input);
        totals.add(input.argument(0), rows, slots);
        CountAccumulators.add(rows, slots, counts);
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        AverageAccumulators other = (AverageAccumulators) from;
        totals.combine(slot, other.totals, fromSlot);
        counts[slot] += other.counts[fromSlot];
    }

    @Override
    public void write(int slot, ByteWriter out) {
        out.writeVarLong(counts[slot]);
        totals.write(slot, out);
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        counts[slot] += in.readVarLong();
        totals.combineFrom(slot, in);
    }

    @Override
    public void clear(int slot) {
        counts[slot] = 0;
        totals.clear(slot);
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            if (counts[slot] == 0) {
                out.appendNull();
            } else {
                BigInteger divisor = unit.multiply(BigInteger.valueOf(counts[slot]));
                ((DoubleColumnBuilder) out).append(totals.quotient(slot, 1, divisor));
            }
        }
    }

    @Override
    public long retainedBytes() {
        return totals.retainedBytes() + (long) Long.BYTES * counts.length;
    }
}
