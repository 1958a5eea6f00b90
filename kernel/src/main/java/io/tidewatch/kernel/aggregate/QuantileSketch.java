package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * A DDSketch of doubles: how many values fell into each {@linkplain QuantileBuckets bucket}, for each sign apart. The value of
 * a rank is found within 1 % of the true one, unless that is so much nearer to zero than the farthest value that its bucket was
 * merged (see {@link BucketCounts}). Zeros, infinities and NaN are counted apart and found exactly; NaN is the greatest value.
 */
final class QuantileSketch implements Sketch<QuantileSketch> {
    private final int bucketsMax;
    private final BucketCounts positive;
    private @Nullable BucketCounts negative;
    private long zeros;
    private long positiveInfinities;
    private long negativeInfinities;
    private long nans;

    QuantileSketch(int bucketsMax) {
        this.bucketsMax = bucketsMax;
        this.positive = new BucketCounts(bucketsMax);
    }

    void add(double value) {
        if (value > 0 && value <= Double.MAX_VALUE) {
            positive.add(QuantileBuckets.bucket(value));
        } else if (value < 0 && value >= -Double.MAX_VALUE) {
            negative().add(QuantileBuckets.bucket(-value));
        } else if (value == 0) {
            zeros++;
        } else if (Double.isNaN(value)) {
            nans++;
        } else if (value > 0) {
            positiveInfinities++;
        } else {
            negativeInfinities++;
        }
    }

    private BucketCounts negative() {
        if (negative == null) {
            negative = new BucketCounts(bucketsMax);
        }
        return negative;
    }

    @Override
    public void add(QuantileSketch other) {
        positive.add(other.positive);
        if (other.negative != null) {
            negative().add(other.negative);
        }
        zeros += other.zeros;
        positiveInfinities += other.positiveInfinities;
        negativeInfinities += other.negativeInfinities;
        nans += other.nans;
    }

    /** Whether the limit cost some values the promised error. */
    boolean isMerged() {
        return positive.isMerged() || (negative != null && negative.isMerged());
    }

    /** How many values were added. */
    long count() {
        return negativeInfinities
                + (negative == null ? 0 : negative.total())
                + zeros
                + positive.total()
                + positiveInfinities
                + nans;
    }

    /** The value of a rank from 1, the least, to {@link #count}. */
    double valueOfRank(long rank) {
        long rest = rank - negativeInfinities;
        if (rest <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (negative != null) {
            long total = negative.total();
            if (rest <= total) {
                return -QuantileBuckets.value(negative.bucketOfRank(total - rest + 1));
            }
            rest -= total;
        }
        return rest <= zeros ? 0.0 : valueOfPositiveRank(rest - zeros);
    }

    private double valueOfPositiveRank(long rank) {
        long total = positive.total();
        if (rank <= total) {
            return QuantileBuckets.value(positive.bucketOfRank(rank));
        }
        return rank - total <= positiveInfinities ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    /** Equal sketches give equal bytes. */
    @Override
    public void write(ByteWriter out) {
        out.writeVarLong(zeros);
        out.writeVarLong(positiveInfinities);
        out.writeVarLong(negativeInfinities);
        out.writeVarLong(nans);
        positive.write(out);
        out.writeBoolean(negative != null);
        if (negative != null) {
            negative.write(out);
        }
    }

    @Override
    public void addFrom(ByteReader in) {
        zeros += in.readVarLong();
        positiveInfinities += in.readVarLong();
        negativeInfinities += in.readVarLong();
        nans += in.readVarLong();
        positive.addFrom(in);
        if (in.readBoolean()) {
            negative().addFrom(in);
        }
    }

    @Override
    public long retainedBytes() {
        return 64 + positive.retainedBytes() + (negative == null ? 0 : negative.retainedBytes());
    }
}
