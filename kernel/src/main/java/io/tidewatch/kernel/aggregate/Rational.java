package io.tidewatch.kernel.aggregate;

import java.math.BigInteger;

/**
 * An exact number: numerator · 2^exponent / denominator. It is made when an aggregate is finished, where it is rounded to a
 * double once, half to even, whatever the size of what it was computed from.
 *
 * @param numerator of any sign
 * @param exponent a power of two of any sign
 * @param denominator greater than zero
 */
record Rational(BigInteger numerator, int exponent, BigInteger denominator) {
    /** Two more bits than a double keeps, so that what is cut off only matters as zero or not zero. */
    private static final int QUOTIENT_BITS = Doubles.SIGNIFICAND_BITS + 2;

    static Rational of(BigInteger numerator) {
        return new Rational(numerator, 0, BigInteger.ONE);
    }

    static Rational of(BigInteger numerator, int exponent) {
        return new Rational(numerator, exponent, BigInteger.ONE);
    }

    /** The exact value of a finite double. */
    static Rational of(double value) {
        long significand = Doubles.significand(value);
        return of(
                BigInteger.valueOf(value < 0 ? -significand : significand),
                Doubles.exponent(value));
    }

    Rational plus(Rational other) {
        int least = Math.min(exponent, other.exponent);
        BigInteger left = numerator.shiftLeft(exponent - least).multiply(other.denominator);
        BigInteger right = other.numerator.shiftLeft(other.exponent - least).multiply(denominator);
        return new Rational(left.add(right), least, denominator.multiply(other.denominator));
    }

    Rational minus(Rational other) {
        return plus(new Rational(other.numerator.negate(), other.exponent, other.denominator));
    }

    Rational times(BigInteger factor) {
        return new Rational(numerator.multiply(factor), exponent, denominator);
    }

    Rational squared() {
        return new Rational(
                numerator.multiply(numerator), 2 * exponent, denominator.multiply(denominator));
    }

    Rational dividedBy(BigInteger divisor) {
        return new Rational(numerator, exponent, denominator.multiply(divisor));
    }

    /** The nearest double, half to even; infinite beyond the greatest; every zero is +0.0. */
    double toDouble() {
        if (numerator.signum() == 0) {
            return 0.0;
        }
        Scaled quotient = quotient(QUOTIENT_BITS);
        double magnitude = Doubles.round(quotient.integer, quotient.exponent);
        // + 0.0 turns −0.0, of a negative number too small for a double, into 0.0.
        return (numerator.signum() < 0 ? -magnitude : magnitude) + 0.0;
    }

    /** The double nearest to the square root, half to even, of a number that is not negative. */
    double squareRoot() {
        if (numerator.signum() == 0) {
            return 0.0;
        }
        Scaled square = quotient(2 * QUOTIENT_BITS + 2);
        BigInteger even = square.integer.shiftLeft(square.exponent & 1);
        BigInteger[] root = even.sqrtAndRemainder();
        BigInteger integer = root[0].shiftLeft(1);
        return Doubles.round(
                root[1].signum() == 0 ? integer : integer.setBit(0),
                (square.exponent - (square.exponent & 1)) / 2 - 1);
    }

    /**
     * The magnitude as integer · 2^exponent, cut off after at least {@code bits} bits; the last bit of the integer is set when
     * anything was cut off.
     */
    private Scaled quotient(int bits) {
        BigInteger magnitude = numerator.abs();
        int shift = Math.max(0, bits + denominator.bitLength() - magnitude.bitLength());
        BigInteger[] parts = magnitude.shiftLeft(shift).divideAndRemainder(denominator);
        BigInteger integer = parts[0].shiftLeft(1);
        return new Scaled(
                parts[1].signum() == 0 ? integer : integer.setBit(0), exponent - shift - 1);
    }

    private record Scaled(BigInteger integer, int exponent) {}
}
