package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
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
 * within 1 %, from {@link QuantileSketches}. NULL without a value.
 */
final class PercentileAccumulators extends Accumulators {
    private final BigDecimal share;
    private final double unit;
    private final QuantileSketches sketches;
    private final NonNullRows nonNull = new NonNullRows();
    private double[] converted = {};

    /**
     * @param share p, from 0 to 1; decimal, so that 0.07 of 100 values is the 7th
     */
    PercentileAccumulators(Type type, BigDecimal share, int bucketsMax) {
        this.share = share;
        this.unit = Totals.unit(type).doubleValue();
        this.sketches = new QuantileSketches(bucketsMax);
    }

    @Override
    public void ensureSlots(int slots) {
        sketches.ensureSlots(slots);
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection rows = nonNull.ofAll(selection, input);
        Column column = input.argument(0);
        double[] values = column instanceof DoubleColumn doubles
                ? doubles.values()
                : toDoubles(((LongColumn) column).values(), rows);
        sketches.addAll(values, rows.rows(), rows.size(), slots);
    }

    private double[] toDoubles(long[] values, Selection selection) {
        if (converted.length < values.length) {
            converted = new double[values.length];
        }
        int[] rows = selection.rows();
        for (int i = 0; i < selection.size(); i++) {
            int row = rows == null ? i : rows[i];
            converted[row] = values[row] / unit;
        }
        return converted;
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        sketches.add(slot, ((PercentileAccumulators) from).sketches, fromSlot);
    }

    @Override
    public void write(int slot, ByteWriter out) {
        sketches.write(slot, out);
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        sketches.addFrom(slot, in);
    }

    @Override
    public void clear(int slot) {
        sketches.clear(slot);
    }

    /** Whether the limit on buckets merged some; the 1 % alone does not make a slot approximate. */
    @Override
    public boolean isApproximate(int slot) {
        return sketches.isMerged(slot);
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            long count = sketches.count(slot);
            if (count == 0) {
                out.appendNull();
            } else {
                long rank = rank(share, count);
                ((DoubleColumnBuilder) out).append(sketches.valueOfRank(slot, rank));
            }
        }
    }

    @Override
    public long retainedBytes() {
        return sketches.retainedBytes();
    }

    /** ⌈share · count⌉, at least 1. */
    static long rank(BigDecimal share, long count) {
        BigDecimal rank = share.multiply(BigDecimal.valueOf(count));
        return Math.max(1, rank.setScale(0, RoundingMode.CEILING).longValueExact());
    }
}
