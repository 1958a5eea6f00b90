package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * An exact sum of doubles, or of squares of doubles, over their whole range: a superaccumulator. What is not finite is kept
 * apart from the sum.
 *
 * <p>Its memory is a few dozen bytes more than the spread of the magnitudes that were added; at most about a kilobyte.
 */
final class ExactSum {
    /*
     * The small superaccumulator of R. M. Neal, "Fast exact summation using small and large superaccumulators" (2015): the sum
     * is a number in base 2^32 whose digits are signed 64-bit words, so that a digit takes many additions before carries must
     * be passed on. A significand of 53 bits lands in two digits; a square of 106 bits in five. Digit d weighs
     * 2^(32 d - BIAS). Unlike Neal's, only the digits from the least to the greatest that were needed are stored.
     *
     * An addition changes a digit by at most 2^52, and normalise() leaves digits below 2^32 in magnitude, so ADDITIONS_MAX
     * additions stay below 2^63 with room for one whole other sum of the same kind.
     */
    private static final int DIGIT_BITS = 32;
    private static final long DIGIT_MASK = (1L << DIGIT_BITS) - 1;
    private static final int BIAS = 68 * DIGIT_BITS;
    private static final int DIGITS_MAX = 256;
    private static final int ADDITIONS_MAX = 1 << 9;

    private static final int NAN = 1;
    private static final int POSITIVE_INFINITY = 2;
    private static final int NEGATIVE_INFINITY = 4;

    private long[] digits = {};
    private int first;
    private int additions;
    private int specials;

    void add(double value) {
        if (!Double.isFinite(value)) {
            addSpecial(value);
            return;
        }
        long significand = Doubles.significand(value);
        if (significand == 0) {
            return;
        }
        int place = Doubles.exponent(value) + BIAS;
        int shift = place & (DIGIT_BITS - 1);
        int index = reserve(place / DIGIT_BITS, 2);
        long low = (significand << shift) & DIGIT_MASK;
        long high = significand >>> (DIGIT_BITS - shift);
        if (value > 0) {
            digits[index] += low;
            digits[index + 1] += high;
        } else {
            digits[index] -= low;
            digits[index + 1] -= high;
        }
        countAddition();
    }

    void addSquare(double value) {
        if (!Double.isFinite(value)) {
            addSpecial(Math.abs(value));
            return;
        }
        long significand = Doubles.significand(value);
        if (significand == 0) {
            return;
        }
        int place = 2 * Doubles.exponent(value) + BIAS;
        long low = significand * significand;
        long high = Math.multiplyHigh(significand, significand);
        addWide(low, high, place);
    }

    void addSquare(long value) {
        if (value != 0) {
            addWide(value * value, Math.multiplyHigh(value, value), BIAS);
        }
    }

    /** Adds (low + 2^64 · high) · 2^(place − BIAS), of which low is unsigned and high is not negative. */
    private void addWide(long unshiftedLow, long high, int place) {
        int shift = place & (DIGIT_BITS - 1);
        int index = reserve(place / DIGIT_BITS, 5);
        long low = unshiftedLow;
        long over = shift == 0 ? 0 : low >>> (Long.SIZE - shift);
        low <<= shift;
        digits[index] += low & DIGIT_MASK;
        digits[index + 1] += low >>> DIGIT_BITS;
        long middle = (high << shift) | over;
        digits[index + 2] += middle & DIGIT_MASK;
        digits[index + 3] += middle >>> DIGIT_BITS;
        digits[index + 4] += shift == 0 ? 0 : high >>> (Long.SIZE - shift);
        countAddition();
    }

    void add(ExactSum other) {
        specials |= other.specials;
        if (other.digits.length == 0) {
            return;
        }
        normalise();
        int index = reserve(other.first, other.digits.length);
        for (int i = 0; i < other.digits.length; i++) {
            digits[index + i] += other.digits[i];
        }
        normalise();
    }

    boolean isFinite() {
        return specials == 0;
    }

    /** The sum where it is not finite: NaN if one was added, or both infinities were. */
    double special() {
        return switch (specials) {
            case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    /** The finite part of the sum. */
    Rational exact() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = digits.length - 1; i >= 0; i--) {
            sum = sum.shiftLeft(DIGIT_BITS).add(BigInteger.valueOf(digits[i]));
        }
        return Rational.of(sum, DIGIT_BITS * first - BIAS);
    }

    void write(ByteWriter out) {
        out.writeByte(specials);
        long[] written = digits.clone();
        passCarries(written);
        int start = 0;
        int end = written.length;
        while (end > 0 && written[end - 1] == 0) {
            end--;
        }
        while (start < end && written[start] == 0) {
            start++;
        }
        out.writeVarLong(end - start);
        out.writeVarLong(first + start);
        for (int i = start; i < end; i++) {
            out.writeZigZag(written[i]);
        }
    }

    void addFrom(ByteReader in) {
        ExactSum other = new ExactSum();
        other.specials = in.readByte();
        int length = in.readCount();
        other.first = in.readCount();
        if (length > DIGITS_MAX || other.first > DIGITS_MAX) {
            throw Corrupt.at(in, length + " digits from " + other.first);
        }
        other.digits = new long[length];
        for (int i = 0; i < length; i++) {
            other.digits[i] = in.readZigZag();
        }
        add(other);
    }

    long retainedBytes() {
        return 48 + (long) Long.BYTES * digits.length;
    }

    private void addSpecial(double value) {
        if (Double.isNaN(value)) {
            specials |= NAN;
        } else {
            specials |= value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        }
    }

    private void countAddition() {
        if (++additions >= ADDITIONS_MAX) {
            normalise();
        }
    }

    private void normalise() {
        additions = 0;
        int length = digits.length;
        if (length > 0 && digits[length - 1] >> (DIGIT_BITS - 1) != digits[length - 1] >> 63) {
            digits = Arrays.copyOf(digits, length + 1);
        }
        passCarries(digits);
    }

    /** Leaves every digit but the last from 0 to 2^32 − 1. */
    private static void passCarries(long[] digits) {
        for (int i = 0; i < digits.length - 1; i++) {
            digits[i + 1] += digits[i] >> DIGIT_BITS;
            digits[i] &= DIGIT_MASK;
        }
    }

    /** Makes {@code count} digits from {@code digit} on exist and returns the index of the first of them. */
    private int reserve(int digit, int count) {
        int index = digit - first;
        if (index >= 0 && index + count <= digits.length) {
            return index;
        }
        int length = digits.length;
        int newFirst = length == 0 ? digit : Math.min(first, digit);
        int newEnd = Math.max(digit + count, first + length);
        long[] grown = new long[newEnd - newFirst];
        System.arraycopy(digits, 0, grown, length == 0 ? 0 : first - newFirst, length);
        digits = grown;
        first = newFirst;
        return digit - newFirst;
    }
}
