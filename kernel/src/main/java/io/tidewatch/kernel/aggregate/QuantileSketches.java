package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many doubles fell into each {@linkplain QuantileBuckets bucket}, slot by slot and for each sign apart. The value of a
 * rank is found within 1 % of the true one, unless that is so much nearer to zero than the farthest value that its bucket was
 * merged (see {@link BucketCounts}). Zeros, infinities and NaN are counted apart and found exactly; NaN is the greatest value.
 *
 * <p>What a slot holds depends on its values alone, and not on their order or how they were divided.
 */
final class QuantileSketches {
    private static final int ZERO = 0;
    private static final int POSITIVE_INFINITY = 1;
    private static final int NEGATIVE_INFINITY = 2;
    private static final int NAN = 3;
    private static final int KINDS = 4;

    private final int bucketsMax;
    private final BucketCounts positive;
    private final BucketCounts.Remainder remainder = this::add;
    private @Nullable BucketCounts negative;
    /** How many values of each kind a slot has. */
    private long @Nullable [] apart;

    private int slots;

    QuantileSketches(int bucketsMax) {
        this.bucketsMax = bucketsMax;
        this.positive = new BucketCounts(bucketsMax);
    }

    void ensureSlots(int newSlots) {
        if (newSlots > slots) {
            slots = Slots.capacity(slots, newSlots);
            positive.ensureSlots(slots);
            if (negative != null) {
                negative.ensureSlots(slots);
            }
            if (apart != null) {
                apart = Arrays.copyOf(apart, KINDS * slots);
            }
        }
    }

    /**
     * Adds the values of rows to their slots.
     *
     * @param rows which rows; {@code null} for the first ones
     */
    void addAll(double[] values, int @Nullable [] rows, int size, int[] slotOfRow) {
        positive.addAll(values, rows, size, slotOfRow, remainder);
    }

    private void add(int slot, double value) {
        if (value > 0 && value <= Double.MAX_VALUE) {
            positive.add(slot, QuantileBuckets.bucket(value), 1);
        } else if (value < 0 && value >= -Double.MAX_VALUE) {
            negative().add(slot, QuantileBuckets.bucket(-value), 1);
        } else if (value == 0) {
            addApart(slot, ZERO, 1);
        } else if (Double.isNaN(value)) {
            addApart(slot, NAN, 1);
        } else {
            addApart(slot, value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY, 1);
        }
    }

    private BucketCounts negative() {
        if (negative == null) {
            negative = new BucketCounts(bucketsMax);
            negative.ensureSlots(slots);
        }
        return negative;
    }

    private void addApart(int slot, int kind, long count) {
        if (apart == null) {
            apart = new long[KINDS * slots];
        }
        apart[KINDS * slot + kind] += count;
    }

    private long apart(int slot, int kind) {
        return apart == null ? 0 : apart[KINDS * slot + kind];
    }

    /** Adds a slot of another to one of this. */
    void add(int slot, QuantileSketches other, int otherSlot) {
        positive.add(slot, other.positive, otherSlot);
        if (other.negative != null && !other.negative.isEmpty(otherSlot)) {
            negative().add(slot, other.negative, otherSlot);
        }
        if (other.apart != null) {
            for (int kind = 0; kind < KINDS; kind++) {
                addApart(slot, kind, other.apart(otherSlot, kind));
            }
        }
    }

    void clear(int slot) {
        positive.clear(slot);
        if (negative != null) {
            negative.clear(slot);
        }
        if (apart != null) {
            Arrays.fill(apart, KINDS * slot, KINDS * (slot + 1), 0);
        }
    }

    /** Whether the limit cost some values the promised error. */
    boolean isMerged(int slot) {
        return positive.isMerged(slot) || (negative != null && negative.isMerged(slot));
    }

    /** How many values were added. */
    long count(int slot) {
        long count = positive.total(slot) + (negative == null ? 0 : negative.total(slot));
        for (int kind = 0; kind < KINDS; kind++) {
            count += apart(slot, kind);
        }
        return count;
    }

    /** The value of a rank from 1, the least, to {@link #count}. */
    double valueOfRank(int slot, long rank) {
        long rest = rank - apart(slot, NEGATIVE_INFINITY);
        if (rest <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (negative != null) {
            long total = negative.total(slot);
            if (rest <= total) {
                return -QuantileBuckets.value(negative.bucketOfRank(slot, total - rest + 1));
            }
            rest -= total;
        }
        long zeros = apart(slot, ZERO);
        return rest <= zeros ? 0.0 : valueOfPositiveRank(slot, rest - zeros);
    }

    private double valueOfPositiveRank(int slot, long rank) {
        long total = positive.total(slot);
        if (rank <= total) {
            return QuantileBuckets.value(positive.bucketOfRank(slot, rank));
        }
        return rank - total <= apart(slot, POSITIVE_INFINITY)
                ? Double.POSITIVE_INFINITY
                : Double.NaN;
    }

    /** Equal values give equal bytes. */
    void write(int slot, ByteWriter out) {
        for (int kind = 0; kind < KINDS; kind++) {
            out.writeVarLong(apart(slot, kind));
        }
        positive.write(slot, out);
        if (negative == null || negative.isEmpty(slot)) {
            out.writeBoolean(false);
        } else {
            out.writeBoolean(true);
            negative.write(slot, out);
        }
    }

    void addFrom(int slot, ByteReader in) {
        for (int kind = 0; kind < KINDS; kind++) {
            long count = in.readVarLong();
            if (count != 0) {
                addApart(slot, kind, count);
            }
        }
        positive.addFrom(slot, in);
        if (in.readBoolean()) {
            negative().addFrom(slot, in);
        }
    }

    long retainedBytes() {
        return positive.retainedBytes()
                + (negative == null ? 0 : negative.retainedBytes())
                + (apart == null ? 0 : (long) Long.BYTES * apart.length);
    }
}
