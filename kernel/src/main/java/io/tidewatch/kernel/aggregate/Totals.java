package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.math.BigInteger;

/** Exact sums of numbers, slot by slot: what SUM, AVG, RATE, VARIANCE and STDDEV are made from. */
abstract sealed class Totals permits DoubleTotals, LongTotals {
    /** Totals for values of a type, DECIMAL as unscaled integers. */
    static Totals of(Type type) {
        return type.isLong() ? new LongTotals() : new DoubleTotals();
    }

    /**
     * The sum · factor / divisor, rounded once; NaN or infinite where the sum is.
     *
     * @param factor and {@code divisor} are greater than zero
     */
    final double quotient(int slot, long factor, BigInteger divisor) {
        if (!isFinite(slot)) {
            return special(slot);
        }
        double sum = asDouble(slot);
        if (factor == 1 && !Double.isNaN(sum) && divisor.bitLength() <= Doubles.SIGNIFICAND_BITS) {
            return sum / divisor.doubleValue() + 0.0;
        }
        return exact(slot).times(BigInteger.valueOf(factor)).dividedBy(divisor).toDouble();
    }

    /** What an unscaled value of a type must be divided by. */
    static BigInteger unit(Type type) {
        return BigInteger.TEN.pow(type.scale());
    }

    abstract void ensureSlots(int slots);

    /** Adds the values of selected rows, of which none is NULL. */
    final void add(Column column, Selection selection, int[] slots) {
        int[] rows = selection.rows();
        if (rows == null) {
            addAll(column, selection.size(), slots);
        } else {
            addListed(column, rows, selection.size(), slots);
        }
    }

    /** Adds the values of the first rows. */
    abstract void addAll(Column column, int size, int[] slots);

    /** Adds the values of some rows. */
    abstract void addListed(Column column, int[] rows, int size, int[] slots);

    abstract void combine(int slot, Totals from, int fromSlot);

    abstract void write(int slot, ByteWriter out);

    abstract void combineFrom(int slot, ByteReader in);

    abstract void clear(int slot);

    /** Whether nothing was added. */
    abstract boolean isEmpty(int slot);

    /** Appends the sum, which is not empty, or NULL and a failure if it does not fit its type. */
    abstract void appendSum(int slot, Type type, FinishContext context, ColumnBuilder out);

    /** The sum if it is a double exactly, without any rounding; else NaN. */
    abstract double asDouble(int slot);

    /** Whether neither NaN nor an infinity was added. */
    abstract boolean isFinite(int slot);

    /** NaN or an infinity: the sum where {@link #isFinite} is false. */
    abstract double special(int slot);

    /** The sum of what is finite; zero if there is nothing. */
    abstract Rational exact(int slot);

    abstract long retainedBytes();
}
