package io.tidewatch.server.source.generator;

/**
 * Random numbers addressed by (seed, row, column): any row can be made without those before it. The numbers are those of
 * SplitMix64 (Steele, Lea and Flood, 2014), started at a hash of the address.
 */
final class Draw {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double TO_FRACTION = 0x1.0p-53;

    private final long seed;
    private long state;

    Draw(long seed) {
        this.seed = mix(seed + GOLDEN_GAMMA);
    }

    /** Starts the numbers of one value. */
    void start(long row, int column) {
        state = mix(seed ^ mix(row * GOLDEN_GAMMA + column));
    }

    long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0, included, to 1, excluded. */
    double fraction() {
        return (bits() >>> 11) * TO_FRACTION;
    }

    /** From 0, included, to {@code bound}, excluded. */
    int below(int bound) {
        return (int) (fraction() * bound);
    }

    /** Normally distributed with mean 0 and deviation 1 (Box and Muller, 1958). */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - fraction()));
        return radius * StrictMath.cos(2 * Math.PI * fraction());
    }

    private static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
