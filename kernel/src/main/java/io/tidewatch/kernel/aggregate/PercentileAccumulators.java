package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * APPROX_PERCENTILE(x, p): of n values in ascending order the one of rank ⌈p n⌉, at least 1 (as PERCENTILE_DISC defines it),
 * within 1 %, from a {@link QuantileSketch} per slot. NULL without a value.
 */
final class PercentileAccumulators extends SketchAccumulators<QuantileSketch> {
    private final BigDecimal share;
    private final int bucketsMax;
    private final double unit;
    private final NonNullRows nonNull = new NonNullRows();

    /**
     * @param share p, from 0 to 1; decimal, so that 0.07 of 100 values is the 7th
     */
    PercentileAccumulators(Type type, BigDecimal share, int bucketsMax) {
        super(new QuantileSketch[0]);
        this.share = share;
        this.bucketsMax = bucketsMax;
        this.unit = Totals.unit(type).doubleValue();
    }

    @Override
    QuantileSketch newSketch() {
        return new QuantileSketch(bucketsMax);
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection rows = nonNull.ofAll(selection, input);
        Column column = input.argument(0);
        if (column instanceof DoubleColumn doubles) {
            add(doubles.values(), rows, slots);
        } else {
            add(((LongColumn) column).values(), rows, slots);
        }
    }

    private void add(double[] values, Selection selection, int[] slots) {
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            own(slots[row]).add(values[row]);
        }
    }

    private void add(long[] values, Selection selection, int[] slots) {
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            own(slots[row]).add(values[row] / unit);
        }
    }

    /** Whether the limit on buckets merged some; the 1 % alone does not make a slot approximate. */
    @Override
    public boolean isApproximate(int slot) {
        QuantileSketch sketch = sketch(slot);
        return sketch != null && sketch.isMerged();
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            QuantileSketch sketch = sketch(slots.row(i));
            if (sketch == null) {
                out.appendNull();
            } else {
                long rank = rank(share, sketch.count());
                ((DoubleColumnBuilder) out).append(sketch.valueOfRank(rank));
            }
        }
    }

    /** ⌈share · count⌉, at least 1. */
    static long rank(BigDecimal share, long count) {
        BigDecimal rank = share.multiply(BigDecimal.valueOf(count));
        return Math.max(1, rank.setScale(0, RoundingMode.CEILING).longValueExact());
    }
}
