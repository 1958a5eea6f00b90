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

    /** What an unscaled value of a type must be divided by. */
    static BigInteger unit(Type type) {
        return BigInteger.TEN.pow(type.scale());
    }

    abstract void ensureSlots(int slots);

    /** Adds the values of selected rows, of which none is NULL. */
    abstract void add(Column column, Selection selection, int[] slots);

    abstract void combine(int slot, Totals from, int fromSlot);

    abstract void write(int slot, ByteWriter out);

    abstract void combineFrom(int slot, ByteReader in);

    abstract void clear(int slot);

    /** Whether nothing was added. */
    abstract boolean isEmpty(int slot);

    /** Appends the sum, which is not empty, or NULL and a failure if it does not fit its type. */
    abstract void appendSum(int slot, Type type, FinishContext context, ColumnBuilder out);

    /** Whether neither NaN nor an infinity was added. */
    abstract boolean isFinite(int slot);

    /** NaN or an infinity: the sum where {@link #isFinite} is false. */
    abstract double special(int slot);

    /** The sum of what is finite; zero if there is nothing. */
    abstract Rational exact(int slot);

    abstract long retainedBytes();
}
