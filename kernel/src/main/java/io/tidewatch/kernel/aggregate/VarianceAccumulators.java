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
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * VAR_POP, VAR_SAMP, STDDEV_POP and STDDEV_SAMP from the count n, Σx and Σx², all exact, rounded once. Nothing cancels and
 * nothing overflows on the way: (n Σx² − (Σx)²) / n² or / (n (n − 1)) is formed as a fraction of integers. A value that is
 * not finite gives NaN; too few values (none; one for the sample forms) give NULL.
 */
final class VarianceAccumulators extends Accumulators {
    private final NonNullRows nonNull = new NonNullRows();
    private final boolean sample;
    private final boolean root;
    private final BigInteger unit;
    private final Totals sums;
    private @Nullable ExactSum[] squares = {};
    private long[] counts = {};

    /**
     * @param sample whether to divide by n − 1 instead of n
     * @param root whether the standard deviation is wanted instead of the variance
     */
    VarianceAccumulators(Type type, boolean sample, boolean root) {
        this.sample = sample;
        this.root = root;
        this.unit = Totals.unit(type);
        this.sums = Totals.of(type);
    }

    @Override
    public void ensureSlots(int slots) {
        sums.ensureSlots(slots);
        if (slots > counts.length) {
            int capacity = Slots.capacity(counts.length, slots);
            counts = Arrays.copyOf(counts, capacity);
            squares = Arrays.copyOf(squares, capacity);
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection rows = nonNull.ofAll(selection, input);
        Column column = input.argument(0);
        sums.add(column, rows, slots);
        CountAccumulators.add(rows, slots, counts);
        if (column instanceof DoubleColumn doubles) {
            addSquares(doubles.values(), rows, slots);
        } else {
            addSquares(((LongColumn) column).values(), rows, slots);
        }
    }

    private void addSquares(double[] values, Selection selection, int[] slots) {
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            squares(slots[row]).addSquare(values[row]);
        }
    }

    private void addSquares(long[] values, Selection selection, int[] slots) {
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            squares(slots[row]).addSquare(values[row]);
        }
    }

    private ExactSum squares(int slot) {
        ExactSum sum = squares[slot];
        if (sum == null) {
            sum = new ExactSum();
            squares[slot] = sum;
        }
        return sum;
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        VarianceAccumulators other = (VarianceAccumulators) from;
        ExactSum otherSquares = other.squares[fromSlot];
        if (otherSquares != null) {
            counts[slot] += other.counts[fromSlot];
            sums.combine(slot, other.sums, fromSlot);
            squares(slot).add(otherSquares);
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        out.writeVarLong(counts[slot]);
        if (counts[slot] > 0) {
            sums.write(slot, out);
            squares(slot).write(out);
        }
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        long count = in.readVarLong();
        if (count > 0) {
            counts[slot] += count;
            sums.combineFrom(slot, in);
            squares(slot).addFrom(in);
        }
    }

    @Override
    public void clear(int slot) {
        counts[slot] = 0;
        sums.clear(slot);
        squares[slot] = null;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            if (counts[slot] < (sample ? 2 : 1)) {
                out.appendNull();
            } else {
                ((DoubleColumnBuilder) out).append(finish(slot));
            }
        }
    }

    private double finish(int slot) {
        if (!sums.isFinite(slot)) {
            return Double.NaN;
        }
        BigInteger count = BigInteger.valueOf(counts[slot]);
        Rational variance = squares(slot)
                .exact()
                .times(count)
                .minus(sums.exact(slot).squared())
                .dividedBy(count.multiply(sample ? count.subtract(BigInteger.ONE) : count))
                .dividedBy(unit.multiply(unit));
        return root ? variance.squareRoot() : variance.toDouble();
    }

    @Override
    public long retainedBytes() {
        long bytes = sums.retainedBytes() + (long) (Long.BYTES + Integer.BYTES) * counts.length;
        for (ExactSum sum : squares) {
            bytes += sum == null ? 0 : sum.retainedBytes();
        }
        return bytes;
    }
}
