package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.type.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exact sums of doubles, usually in sixteen bytes per slot.
 *
 * <p>The sum of −0.0 alone is +0.0, as is every exact zero.
 */
final class DoubleTotals extends Totals {
    /*
     * A sum is high + low, exactly, while that is possible. A value is added with an error-free addition (TwoSum: Knuth, The
     * Art of Computer Programming 2, 4.2.2; expansions of them: Shewchuk 1997): high + value gives a new high and an error. The
     * error is added to low, and nothing was lost if that addition is exact, which it is exactly if either operand is the
     * difference of the sum and the other (for then the error that TwoSum would compute for it is zero).
     *
     * TwoSum is exact where nothing overflows, subnormals included, and where something overflows or is not finite its error
     * is NaN or infinite, and then neither comparison can hold: the two find every case that the short form cannot. Those go
     * to addSlowly().
     *
     * A slot whose high is NaN has no short form: nothing was added (low = EMPTY), or its sum is in wides (low = WIDE). The
     * error is NaN then, so the loop needs no other test for these either.
     */
    private static final double EMPTY = 0;
    private static final double WIDE = 1;

    private static final int FORM_EMPTY = 0;
    private static final int FORM_ONE = 1;
    private static final int FORM_TWO = 2;
    private static final int FORM_WIDE = 3;

    private double[] highs = {};
    private double[] lows = {};
    private @Nullable ExactSum @Nullable [] wides;

    @Override
    void ensureSlots(int slots) {
        int old = highs.length;
        if (slots > old) {
            int capacity = Slots.capacity(old, slots);
            highs = Arrays.copyOf(highs, capacity);
            lows = Arrays.copyOf(lows, capacity);
            Arrays.fill(highs, old, capacity, Double.NaN);
            if (wides != null) {
                wides = Arrays.copyOf(wides, capacity);
            }
        }
    }

    @Override
    void addAll(Column column, int size, int[] slots) {
        double[] values = ((DoubleColumn) column).values();
        double[] h = highs;
        double[] l = lows;
        for (int row = 0; row < size; row++) {
            int slot = slots[row];
            double value = values[row];
            double high = h[slot];
            double sum = high + value;
            double part = sum - high;
            double error = (high - (sum - part)) + (value - part);
            double low = l[slot];
            double rest = low + error;
            if (rest - low == error && rest - error == low) {
                h[slot] = sum;
                l[slot] = rest;
            } else {
                addSlowly(slot, value);
            }
        }
    }

    @Override
    void addListed(Column column, int[] rows, int size, int[] slots) {
        double[] values = ((DoubleColumn) column).values();
        double[] h = highs;
        double[] l = lows;
        for (int i = 0; i < size; i++) {
            int row = rows[i];
            int slot = slots[row];
            double value = values[row];
            double high = h[slot];
            double sum = high + value;
            double part = sum - high;
            double error = (high - (sum - part)) + (value - part);
            double low = l[slot];
            double rest = low + error;
            if (rest - low == error && rest - error == low) {
                h[slot] = sum;
                l[slot] = rest;
            } else {
                addSlowly(slot, value);
            }
        }
    }

    private void addSlowly(int slot, double value) {
        double high = highs[slot];
        double low = lows[slot];
        if (Double.isNaN(high)) {
            if (low == EMPTY && Double.isFinite(value)) {
                highs[slot] = value;
            } else {
                wide(slot).add(value);
            }
        } else if (!addTightly(slot, value)) {
            ExactSum wide = wide(slot);
            wide.add(high);
            wide.add(low);
            wide.add(value);
        }
    }

    /** Adds a value if high and low have room for it once they do not overlap; else changes nothing. */
    private boolean addTightly(int slot, double value) {
        double high = highs[slot];
        double low = lows[slot];
        double first = high + value;
        double second = low + error(high, value, first);
        double third = error(low, error(high, value, first), second);
        double sum = first + second;
        double rest = error(first, second, sum);
        double low2 = rest + third;
        if (error(rest, third, low2) != 0) {
            return false;
        }
        highs[slot] = sum;
        lows[slot] = low2;
        return true;
    }

    /** What {@code sum}, the rounded a + b, lacks; NaN or infinite if anything overflowed. */
    private static double error(double a, double b, double sum) {
        double part = sum - a;
        return (a - (sum - part)) + (b - part);
    }

    /** The wide form of a slot, made if it is not there; the short form must be added to it by the caller. */
    private ExactSum wide(int slot) {
        if (wides == null) {
            wides = new ExactSum[highs.length];
        }
        ExactSum wide = wides[slot];
        if (wide == null) {
            wide = new ExactSum();
            wides[slot] = wide;
            highs[slot] = Double.NaN;
            lows[slot] = WIDE;
        }
        return wide;
    }

    private @Nullable ExactSum wideIfAny(int slot) {
        return wides == null ? null : wides[slot];
    }

    /** Adds one value; for combining, where there is no column. */
    private void add(int slot, double value) {
        double high = highs[slot];
        double sum = high + value;
        double error = error(high, value, sum);
        double low = lows[slot];
        double rest = low + error;
        if (rest - low == error && rest - error == low) {
            highs[slot] = sum;
            lows[slot] = rest;
        } else {
            addSlowly(slot, value);
        }
    }

    @Override
    void combine(int slot, Totals from, int fromSlot) {
        DoubleTotals other = (DoubleTotals) from;
        ExactSum otherWide = other.wideIfAny(fromSlot);
        if (otherWide != null) {
            widen(slot).add(otherWide);
        } else if (!other.isEmpty(fromSlot)) {
            add(slot, other.highs[fromSlot]);
            add(slot, other.lows[fromSlot]);
        }
    }

    private ExactSum widen(int slot) {
        double high = highs[slot];
        double low = lows[slot];
        ExactSum wide = wide(slot);
        if (!Double.isNaN(high)) {
            wide.add(high);
            wide.add(low);
        }
        return wide;
    }

    @Override
    void write(int slot, ByteWriter out) {
        ExactSum wide = wideIfAny(slot);
        if (wide != null) {
            out.writeByte(FORM_WIDE);
            wide.write(out);
        } else if (isEmpty(slot)) {
            out.writeByte(FORM_EMPTY);
        } else if (lows[slot] == 0) {
            out.writeByte(FORM_ONE);
            out.writeDouble(highs[slot]);
        } else {
            out.writeByte(FORM_TWO);
            out.writeDouble(highs[slot]);
            out.writeDouble(lows[slot]);
        }
    }

    @Override
    void combineFrom(int slot, ByteReader in) {
        int form = in.readByte();
        switch (form) {
            case FORM_EMPTY -> {}
            case FORM_ONE -> add(slot, in.readDouble());
            case FORM_TWO -> {
                add(slot, in.readDouble());
                add(slot, in.readDouble());
            }
            case FORM_WIDE -> widen(slot).addFrom(in);
            default -> throw Corrupt.at(in, "sum of form " + form);
        }
    }

    @Override
    void clear(int slot) {
        highs[slot] = Double.NaN;
        lows[slot] = EMPTY;
        if (wides != null) {
            wides[slot] = null;
        }
    }

    @Override
    boolean isEmpty(int slot) {
        double high = highs[slot];
        return Double.isNaN(high) && lows[slot] == EMPTY;
    }

    @Override
    void appendSum(int slot, Type type, FinishContext context, ColumnBuilder out) {
        ((DoubleColumnBuilder) out).append(toDouble(slot));
    }

    @Override
    double asDouble(int slot) {
        return lows[slot] == 0 ? highs[slot] : Double.NaN;
    }

    @Override
    boolean isFinite(int slot) {
        ExactSum wide = wideIfAny(slot);
        return wide == null || wide.isFinite();
    }

    @Override
    double special(int slot) {
        ExactSum wide = wideIfAny(slot);
        return wide == null ? Double.NaN : wide.special();
    }

    @Override
    Rational exact(int slot) {
        ExactSum wide = wideIfAny(slot);
        if (wide != null) {
            return wide.exact();
        }
        if (isEmpty(slot)) {
            return Rational.of(0.0);
        }
        return Rational.of(highs[slot]).plus(Rational.of(lows[slot]));
    }

    /** The sum rounded once; NaN or infinite where it is. */
    private double toDouble(int slot) {
        ExactSum wide = wideIfAny(slot);
        if (wide == null) {
            // The sum of two doubles is rounded correctly by the addition itself; + 0.0 turns −0.0
            // into 0.0.
            return highs[slot] + lows[slot] + 0.0;
        }
        return wide.isFinite() ? wide.exact().toDouble() : wide.special();
    }

    @Override
    long retainedBytes() {
        long bytes = 2L * Double.BYTES * highs.length;
        if (wides != null) {
            bytes += (long) Integer.BYTES * wides.length;
            for (ExactSum wide : wides) {
                bytes += wide == null ? 0 : wide.retainedBytes();
            }
        }
        return bytes;
    }
}
