package io.tidewatch.benchmarks;

/**
 * How long a benchmark may take.
 *
 * @param warmUps rounds that do not count
 * @param rounds rounds that count: the sum of their processor time, and the median of their clock
 * @param divisor by how much the number of events is smaller than usual
 */
record Effort(int warmUps, int rounds, int divisor) {
    static final Effort USUAL = new Effort(5, 11, 1);

    /** A number of events, or as much less as is wanted. */
    int events(int usual) {
        return Math.max(1, usual / divisor);
    }

    /** For bodies that take seconds: so many fewer rounds. */
    Effort longBodies() {
        return new Effort(Math.min(1, warmUps), Math.min(3, rounds), divisor);
    }
}
