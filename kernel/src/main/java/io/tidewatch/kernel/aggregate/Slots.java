package io.tidewatch.kernel.aggregate;

/** How arrays indexed by slot grow. */
final class Slots {
    private static final int CAPACITY_MIN = 16;

    private Slots() {}

    /** The length for an array that has {@code current} entries and needs {@code slots}: half as much again, or more. */
    static int capacity(int current, int slots) {
        return Math.max(Math.max(CAPACITY_MIN, slots), current + (current >> 1));
    }
}
