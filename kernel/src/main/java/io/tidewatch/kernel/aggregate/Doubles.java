package io.tidewatch.kernel.aggregate;

import java.math.BigInteger;

/** Doubles (IEEE 754 binary64) as integers: a finite one is ± significand · 2^exponent. */
final class Doubles {
    static final int SIGNIFICAND_BITS = 53;
    /** The exponent of the least subnormal number. */
    static final int EXPONENT_MIN = -1074;

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
    private static final int EXPONENT_FIELD_MAX = 0x7FF;
    private static final int EXPONENT_BIAS = 1075;

    private Doubles() {}

    /** The significand's integer, 0 to 2^53 − 1, without the sign, of a finite value. */
    static long significand(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & FRACTION_MASK;
        return exponentField(bits) == 0 ? fraction : fraction | 1L << FRACTION_BITS;
    }

    /** The power of two, −1074 to 971, that belongs to {@link #significand}. */
    static int exponent(double value) {
        return Math.max(1, exponentField(Double.doubleToRawLongBits(value))) - EXPONENT_BIAS;
    }

    private static int exponentField(long bits) {
        return (int) (bits >>> FRACTION_BITS) & EXPONENT_FIELD_MAX;
    }

    /** The double nearest to integer · 2^exponent, half to even; the integer is positive. */
    static double round(BigInteger integer, int exponent) {
        int top = integer.bitLength() - 1 + exponent;
        if (top > Double.MAX_EXPONENT) {
            return Double.POSITIVE_INFINITY;
        }
        int last = Math.max(top - (SIGNIFICAND_BITS - 1), EXPONENT_MIN);
        int cut = last - exponent;
        BigInteger kept = integer.shiftRight(cut);
        if (cut > 0 && integer.testBit(cut - 1)) {
            boolean aboveHalf = integer.getLowestSetBit() < cut - 1;
            if (aboveHalf || kept.testBit(0)) {
                kept = kept.add(BigInteger.ONE);
            }
        }
        // Exact: at most 2^53 units of a power of two that a double has; only overflow to infinity
        // can follow.
        return Math.scalb(kept.doubleValue(), last);
    }

    /**
     * A number whose order as a {@code long} is that of {@link Double#compare}: NaN greatest, −0.0 before 0.0. All NaN give the
     * same.
     */
    static long toSortable(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    static double ofSortable(long sortable) {
        return Double.longBitsToDouble(sortable ^ ((sortable >> 63) & Long.MAX_VALUE));
    }

    /** The bits that stand for a value where −0.0 = 0.0 and all NaN are one. */
    static long identityBits(double value) {
        return Double.doubleToLongBits(value == 0 ? 0.0 : value);
    }
}
