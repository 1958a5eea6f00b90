package io.tidewatch.kernel.aggregate;

/**
 * The numbered buckets of a {@link QuantileSketch}: which one a positive double belongs to, and which double stands for a
 * bucket within {@value #RELATIVE_ERROR} of every double in it.
 */
final class QuantileBuckets {
    /*
     * C. Masson, J. E. Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees"
     * (2019). A bucket [a, b) may span a factor of GROWTH = (1 + error) / (1 - error); then 2ab / (a + b) is within the error of
     * all of it. The paper numbers buckets by a logarithm or by an interpolation of one. Here it is a cubic one, which needs
     * neither a call nor anything that differs between machines: for x = 2^e (1 + s),
     *
     *     f(x) = e + P(s),   P(s) = 6/35 s^3 - 3/5 s^2 + 10/7 s,   P(0) = 0, P(1) = 1.
     *
     * df / d ln x = P'(s) (1 + s) has its minimum 10/7 over 0..1 at s = 0 and s = 2/3 (the other end, s = 1, gives 52/35), so
     * buckets of width ln(GROWTH) · 10/7 in f span at most GROWTH. That is 1 % more buckets than a logarithm needs: 35 for each
     * doubling. A little is taken off the width so that rounding in f cannot widen a bucket.
     */
    static final double RELATIVE_ERROR = 0.01;

    private static final double GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double ROUNDING_MARGIN = 1 + 0x1p-30;
    private static final double BUCKETS_PER_UNIT =
            ROUNDING_MARGIN / (StrictMath.log(GROWTH) * 10 / 7);

    /** More than the number of the least double's bucket is below zero. */
    private static final int OFFSET = 1 << 16;

    private static final double CUBE = 6.0 / 35;
    private static final double SQUARE = -3.0 / 5;
    private static final double LINEAR = 10.0 / 7;

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
    private static final long ONE_BITS = Double.doubleToRawLongBits(1.0);
    private static final int EXPONENT_BIAS = 1023;
    private static final int SUBNORMAL_SHIFT = 54;

    private QuantileBuckets() {}

    /** The bucket of a positive, finite double; it never falls as the double rises. */
    static int bucket(double value) {
        return value < Double.MIN_NORMAL
                ? bucket(value * 0x1p54, SUBNORMAL_SHIFT)
                : bucket(value, 0);
    }

    private static int bucket(double value, int shift) {
        long bits = Double.doubleToRawLongBits(value);
        double s = Double.longBitsToDouble(bits & FRACTION_MASK | ONE_BITS) - 1;
        long exponent = (bits >>> FRACTION_BITS) - EXPONENT_BIAS - shift;
        double f = exponent + ((CUBE * s + SQUARE) * s + LINEAR) * s;
        // A cast cuts off towards zero, which is down for the positive number that the offset
        // makes.
        return (int) (f * BUCKETS_PER_UNIT + OFFSET) - OFFSET;
    }

    /**
     * The double that stands for a bucket which holds at least one: exact where it is the only one, within {@value
     * #RELATIVE_ERROR} of all others as long as they are normal numbers.
     */
    static double value(int bucket) {
        double least = least(bucket);
        double greatest = Math.nextDown(least(bucket + 1));
        // 2ab / (a + b) without leaving the range on the way.
        double ratio = greatest / least;
        return least * (2 * ratio / (1 + ratio));
    }

    /** The least double whose bucket is {@code bucket} or above, found by halving; infinity if there is none. */
    private static double least(int bucket) {
        long below = 0;
        long atOrAbove = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
        while (atOrAbove - below > 1) {
            long middle = (below + atOrAbove) >>> 1;
            if (bucket(Double.longBitsToDouble(middle)) >= bucket) {
                atOrAbove = middle;
            } else {
                below = middle;
            }
        }
        return Double.longBitsToDouble(atOrAbove);
    }
}
