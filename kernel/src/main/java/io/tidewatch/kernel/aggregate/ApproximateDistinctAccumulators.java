package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.batch.Selection;

/** APPROX_COUNT_DISTINCT: a {@link HyperLogLog} per slot, of the rows of which no argument is NULL. */
final class ApproximateDistinctAccumulators extends SketchAccumulators<HyperLogLog> {
    private final NonNullRows nonNull = new NonNullRows();
    private final ValueEncoder encoder = new ValueEncoder();

    ApproximateDistinctAccumulators() {
        super(new HyperLogLog[0]);
    }

    @Override
    HyperLogLog newSketch() {
        return new HyperLogLog();
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection narrowed = nonNull.ofAll(selection, input);
        int size = narrowed.size();
        int[] rows = narrowed.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            own(slots[row]).add(encoder.hash(input, row));
        }
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            HyperLogLog sketch = sketch(slots.row(i));
            ((LongColumnBuilder) out).append(sketch == null ? 0 : sketch.estimate());
        }
    }
}
