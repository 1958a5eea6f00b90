package io.tidewatch.kernel.aggregate;

/**
 * The numbered buckets of {@link QuantileSketches}: which one a positive double belongs to, and which double stands for a
 * bucket within 1/129 of every double in it.
 */
final class QuantileBuckets {
    /*
     * Linear buckets within each doubling, as G. Tene's HdrHistogram has them: 64 for each, so that a bucket [a, b) with
     * b - a <= a / 64 is within (b - a) / (a + b) <= 1/129 of 2ab / (a + b). Their number is the exponent and the first six
     * digits of the fraction, which stand together in a double of the format IEEE 754 binary64. (A logarithm, as of C. Masson,
     * J. E. Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", 2019, would
     * need 45 for that.)
     *
     * Subnormal numbers have no such exponent; with 2^54 times their value they get those below the others'.
     */
    private static final int DIGITS = 6;

    /** What the bits of a positive normal number are shifted by to give its bucket. */
    static final int SHIFT = 52 - DIGITS;

    private static final int SUBNORMAL_BUCKETS = 54 << DIGITS;
    /** The least bucket of normal numbers. */
    static final int NORMAL_MIN = 1 << DIGITS;

    /** The least bucket of all, and the greatest one. */
    static final int MIN = bucket(Double.MIN_VALUE);

    static final int MAX = bucket(Double.MAX_VALUE);

    private QuantileBuckets() {}

    /** The bucket of a positive, finite double; it never falls as the double rises. */
    static int bucket(double value) {
        return value < Double.MIN_NORMAL
                ? digits(value * 0x1p54) - SUBNORMAL_BUCKETS
                : digits(value);
    }

    private static int digits(double value) {
        return (int) (Double.doubleToRawLongBits(value) >>> SHIFT);
    }

    /** The double that stands for a bucket which holds at least one: exact where it is the only one. */
    static double value(int bucket) {
        double least = least(bucket);
        double greatest = Math.nextDown(least(bucket + 1));
        // 2ab / (a + b) without leaving the range on the way.
        double ratio = greatest / least;
        return least * (2 * ratio / (1 + ratio));
    }

    /** The least double whose bucket is {@code bucket} or above; infinity if there is none. */
    private static double least(int bucket) {
        if (bucket >= NORMAL_MIN) {
            return Double.longBitsToDouble((long) bucket << SHIFT);
        }
        double least = Double.longBitsToDouble((long) (bucket + SUBNORMAL_BUCKETS) << SHIFT);
        double rounded = least * 0x1p-54;
        return rounded * 0x1p54 < least ? Math.nextUp(rounded) : rounded;
    }
}
