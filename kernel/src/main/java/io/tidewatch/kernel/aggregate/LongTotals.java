package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums of {@code long} values in 128 bits. A sum is {@code low + 2^64 · carry}; the carries stand in an array that exists only
 * once a slot has left the range of a {@code long}, so that a slot usually takes nine bytes.
 */
final class LongTotals extends Totals {
    private static final long EXACT_MAX = 1L << Doubles.SIGNIFICAND_BITS;
    private static final long DECIMAL_LIMIT = 1_000_000_000_000_000_000L;

    private long[] lows = {};
    private long @Nullable [] carries;
    private boolean[] seen = {};

    @Override
    void ensureSlots(int slots) {
        if (slots > lows.length) {
            int capacity = Slots.capacity(lows.length, slots);
            lows = Arrays.copyOf(lows, capacity);
            seen = Arrays.copyOf(seen, capacity);
            if (carries != null) {
                carries = Arrays.copyOf(carries, capacity);
            }
        }
    }

    @Override
    void addAll(Column column, int size, int[] slots) {
        long[] values = ((LongColumn) column).values();
        long[] sums = lows;
        boolean[] marks = seen;
        for (int row = 0; row < size; row++) {
            int slot = slots[row];
            long value = values[row];
            long old = sums[slot];
            long sum = old + value;
            sums[slot] = sum;
            marks[slot] = true;
            if (((old ^ sum) & (value ^ sum)) < 0) {
                carry(slot, value < 0 ? -1 : 1);
            }
        }
    }

    @Override
    void addListed(Column column, int[] rows, int size, int[] slots) {
        long[] values = ((LongColumn) column).values();
        long[] sums = lows;
        boolean[] marks = seen;
        for (int i = 0; i < size; i++) {
            int row = rows[i];
            int slot = slots[row];
            long value = values[row];
            long old = sums[slot];
            long sum = old + value;
            sums[slot] = sum;
            marks[slot] = true;
            if (((old ^ sum) & (value ^ sum)) < 0) {
                carry(slot, value < 0 ? -1 : 1);
            }
        }
    }

    private void carry(int slot, long count) {
        if (carries == null) {
            carries = new long[lows.length];
        }
        carries[slot] += count;
    }

    /** The multiples of 2^64 that the sum is away from its low part; zero if it fits a {@code long}. */
    private long carry(int slot) {
        return carries == null ? 0 : carries[slot];
    }

    private void addSum(int slot, long low, long carry) {
        long old = lows[slot];
        long sum = old + low;
        lows[slot] = sum;
        seen[slot] = true;
        long over = ((old ^ sum) & (low ^ sum)) < 0 ? (low < 0 ? -1 : 1) : 0;
        if (carry + over != 0) {
            carry(slot, carry + over);
        }
    }

    @Override
    void combine(int slot, Totals from, int fromSlot) {
        LongTotals other = (LongTotals) from;
        if (other.seen[fromSlot]) {
            addSum(slot, other.lows[fromSlot], other.carry(fromSlot));
        }
    }

    @Override
    void write(int slot, ByteWriter out) {
        long carry = carry(slot);
        out.writeByte(!seen[slot] ? 0 : carry == 0 ? 1 : 2);
        if (seen[slot]) {
            out.writeZigZag(lows[slot]);
            if (carry != 0) {
                out.writeZigZag(carry);
            }
        }
    }

    @Override
    void combineFrom(int slot, ByteReader in) {
        int form = in.readByte();
        switch (form) {
            case 0 -> {}
            case 1 -> addSum(slot, in.readZigZag(), 0);
            case 2 -> addSum(slot, in.readZigZag(), in.readZigZag());
            default -> throw Corrupt.at(in, "sum of form " + form);
        }
    }

    @Override
    void clear(int slot) {
        lows[slot] = 0;
        seen[slot] = false;
        if (carries != null) {
            carries[slot] = 0;
        }
    }

    @Override
    boolean isEmpty(int slot) {
        return !seen[slot];
    }

    @Override
    void appendSum(int slot, Type type, FinishContext context, ColumnBuilder out) {
        long low = lows[slot];
        boolean fits = carry(slot) == 0
                && (type.kind() != TypeKind.DECIMAL
                        || (-DECIMAL_LIMIT < low && low < DECIMAL_LIMIT));
        if (fits) {
            ((LongColumnBuilder) out).append(low);
            return;
        }
        String sum = new BigDecimal(toBigInteger(slot), type.scale()).toPlainString();
        context.fail(
                slot,
                ErrorCode.NUMERIC_OVERFLOW,
                "the sum " + sum + " does not fit " + type + "; sum CAST(... AS DOUBLE) instead");
        out.appendNull();
    }

    @Override
    double asDouble(int slot) {
        long low = lows[slot];
        return carry(slot) == 0 && -EXACT_MAX <= low && low <= EXACT_MAX ? low : Double.NaN;
    }

    @Override
    boolean isFinite(int slot) {
        return true;
    }

    @Override
    double special(int slot) {
        throw new IllegalStateException("a sum of integers is finite");
    }

    @Override
    Rational exact(int slot) {
        return Rational.of(toBigInteger(slot));
    }

    private BigInteger toBigInteger(int slot) {
        BigInteger low = BigInteger.valueOf(lows[slot]);
        long carry = carry(slot);
        return carry == 0 ? low : BigInteger.valueOf(carry).shiftLeft(Long.SIZE).add(low);
    }

    @Override
    long retainedBytes() {
        return (long) lows.length * (Long.BYTES + 1 + (carries == null ? 0 : Long.BYTES));
    }
}
