package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;

/** SUM(x): NULL without a value; an integer or decimal sum is judged against its type only when it is finished. */
sealed class SumAccumulators extends Accumulators permits RateAccumulators {
    private final Type type;
    private final NonNullRows nonNull = new NonNullRows();
    final Totals totals;

    SumAccumulators(Type type) {
        this.type = type;
        this.totals = Totals.of(type);
    }

    @Override
    public void ensureSlots(int slots) {
        totals.ensureSlots(slots);
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        totals.add(input.argument(0), nonNull.ofAll(selection, input), slots);
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        totals.combine(slot, ((SumAccumulators) from).totals, fromSlot);
    }

    @Override
    public void write(int slot, ByteWriter out) {
        totals.write(slot, out);
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        totals.combineFrom(slot, in);
    }

    @Override
    public void clear(int slot) {
        totals.clear(slot);
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            if (totals.isEmpty(slot)) {
                out.appendNull();
            } else {
                totals.appendSum(slot, type, context, out);
            }
        }
    }

    @Override
    public long retainedBytes() {
        return totals.retainedBytes();
    }
}
