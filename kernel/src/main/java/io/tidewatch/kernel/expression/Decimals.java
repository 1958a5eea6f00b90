package io.tidewatch.kernel.expression;

/**
 * Exact arithmetic on DECIMAL values, which are {@code long} numbers of units of 10^−scale. Intermediate results have 128
 * bits: a signed high half and an unsigned low half. Operands may be any {@code long}, so that BIGINT takes part as a
 * decimal of scale 0; results have at most 18 digits.
 *
 * <p>Division is by 64-bit magnitudes, one bit at a time, when the dividend needs more than 64 bits; everything smaller
 * takes the processor's own division.
 */
final class Decimals {
    /** What the operations return instead of a result of more than 18 digits. */
    static final long OVERFLOW = Long.MIN_VALUE;

    /** The first number with too many digits. */
    static final long LIMIT = 1_000_000_000_000_000_000L;

    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private Decimals() {}

    /** 10^{@code exponent}, of 0 to 18. */
    static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /** The first number with more than {@code precision} digits, of 1 to 18. */
    static long limitOf(int precision) {
        return POWERS_OF_TEN[precision];
    }

    /** {@code value}, unless it has too many digits. */
    static long limited(long value) {
        return value < LIMIT && value > -LIMIT ? value : OVERFLOW;
    }

    /** Compares {@code a}·10^−{@code aScale} with {@code b}·10^−{@code bScale}. */
    static int compare(long a, int aScale, long b, int bScale) {
        if (aScale == bScale) {
            return Long.compare(a, b);
        }
        if (aScale > bScale) {
            return -compare(b, bScale, a, aScale);
        }
        long factor = powerOfTen(bScale - aScale);
        long high = Math.multiplyHigh(a, factor);
        long bHigh = b >> 63;
        return high != bHigh ? Long.compare(high, bHigh) : Long.compareUnsigned(a * factor, b);
    }

    /** {@code a·aFactor + b·bFactor}; for factors up to 10^18. */
    static long add(long a, long aFactor, long b, long bFactor) {
        long aLow = a * aFactor;
        long low = aLow + b * bFactor;
        long carry = Long.compareUnsigned(low, aLow) < 0 ? 1 : 0;
        long high = Math.multiplyHigh(a, aFactor) + Math.multiplyHigh(b, bFactor) + carry;
        return high == low >> 63 ? limited(low) : OVERFLOW;
    }

    /** {@code a·aFactor − b·bFactor}. */
    static long subtract(long a, long aFactor, long b, long bFactor) {
        // The factors are positive, so the negated one is exact.
        return add(a, aFactor, b, -bFactor);
    }

    static long multiply(long a, long b) {
        long low = a * b;
        return Math.multiplyHigh(a, b) == low >> 63 ? limited(low) : OVERFLOW;
    }

    /** {@code value·10^places}, rounded half up (away from zero) when {@code places} is negative. */
    static long rescale(long value, int places) {
        if (places >= 0) {
            return places == 0 ? limited(value) : multiply(value, powerOfTen(places));
        }
        if (places < -18) {
            return 0;
        }
        long divisor = powerOfTen(-places);
        return limited(roundedQuotient(value, divisor));
    }

    private static long roundedQuotient(long value, long divisor) {
        long quotient = value / divisor;
        long rest = Math.abs(value % divisor);
        if (rest >= divisor - rest) {
            quotient += value < 0 ? -1 : 1;
        }
        return quotient;
    }

    /**
     * {@code a·10^places / b}, rounded half up (away from zero).
     *
     * @param b not 0
     * @param places 0 to 36
     */
    static long divide(long a, int places, long b) {
        long first = powerOfTen(Math.min(places, 18));
        long high = Math.multiplyHigh(a, first);
        long low = a * first;
        boolean negative = a < 0 != b < 0;
        if (high < 0) {
            low = -low;
            high = low == 0 ? -high : ~high;
        }
        if (places > 18) {
            // |a·10^18| times up to 10^18 more; what exceeds 128 bits is far beyond 18 digits after
            // any division.
            long second = powerOfTen(places - 18);
            if (unsignedHigh(high, second) != 0) {
                return OVERFLOW;
            }
            long carried = unsignedHigh(low, second);
            long newHigh = high * second + carried;
            if (Long.compareUnsigned(newHigh, carried) < 0) {
                return OVERFLOW;
            }
            high = newHigh;
            low *= second;
        }
        long quotient = roundedQuotient(high, low, magnitude(b));
        return quotient == OVERFLOW ? OVERFLOW : limited(negative ? -quotient : quotient);
    }

    /** The remainder of {@code a·aFactor} by {@code b·bFactor}, of which one factor is 1; with the sign of {@code a}. */
    static long remainder(long a, long aFactor, long b, long bFactor) {
        long divisor = magnitude(b);
        if (unsignedHigh(divisor, bFactor) != 0) {
            return limited(a);
        }
        divisor *= bFactor;
        long magnitude = magnitude(a);
        long high = unsignedHigh(magnitude, aFactor);
        long rest = remainder(high, magnitude * aFactor, divisor);
        return rest < 0 || rest >= LIMIT ? OVERFLOW : a < 0 ? -rest : rest;
    }

    /** The absolute value, as an unsigned number. */
    private static long magnitude(long value) {
        return value < 0 ? -value : value;
    }

    /** The high 64 bits of the product of two unsigned numbers. */
    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    /** The unsigned {@code (high, low)} by an unsigned divisor, rounded half up; {@link #OVERFLOW} from 2^63 on. */
    private static long roundedQuotient(long high, long low, long divisor) {
        if (Long.compareUnsigned(high, divisor) >= 0) {
            return OVERFLOW;
        }
        long quotient;
        long rest;
        if (high == 0) {
            quotient = Long.divideUnsigned(low, divisor);
            rest = low - quotient * divisor;
        } else {
            quotient = 0;
            rest = high;
            for (int bit = 63; bit >= 0; bit--) {
                boolean carry = rest < 0;
                rest = rest << 1 | (low >>> bit & 1);
                quotient <<= 1;
                if (carry || Long.compareUnsigned(rest, divisor) >= 0) {
                    rest -= divisor;
                    quotient |= 1;
                }
            }
        }
        boolean roundsUp = Long.compareUnsigned(rest, divisor - rest) >= 0;
        return quotient < 0 || quotient == Long.MAX_VALUE
                ? OVERFLOW
                : quotient + (roundsUp ? 1 : 0);
    }

    private static long remainder(long high, long low, long divisor) {
        long rest = Long.remainderUnsigned(high, divisor);
        if (rest == 0) {
            return Long.remainderUnsigned(low, divisor);
        }
        for (int bit = 63; bit >= 0; bit--) {
            boolean carry = rest < 0;
            rest = rest << 1 | (low >>> bit & 1);
            if (carry || Long.compareUnsigned(rest, divisor) >= 0) {
                rest -= divisor;
            }
        }
        return rest;
    }
}
