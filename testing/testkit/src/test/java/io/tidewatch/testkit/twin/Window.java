package io.tidewatch.testkit.twin;

import java.util.Comparator;

/** {@code [start, end)}, milliseconds since the epoch. */
record Window(long start, long end) implements Comparable<Window> {
    private static final Comparator<Window> ORDER =
            Comparator.comparingLong(Window::end).thenComparingLong(Window::start);

    @Override
    public int compareTo(Window other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "[" + start + ", " + end + ")";
    }
}
