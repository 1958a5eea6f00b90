package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.window.Windows;

/** Which windows an aggregation has. */
public sealed interface Windowing {
    /** Windows on a grid: tumbling, hopping, cumulating. */
    record Grid(Windows windows) implements Windowing {
        public Grid {
            requireNonNull(windows, "windows");
        }
    }

    /**
     * Sessions per key: rows less than the gap apart belong together; {@code [first, last + gap)}.
     *
     * @param gapMillis milliseconds, at least 1
     */
    record Session(long gapMillis) implements Windowing {
        public Session {
            if (gapMillis < 1) {
                throw new IllegalArgumentException("gapMillis: " + gapMillis + " (expected: >= 1)");
            }
        }
    }

    /** The window of the row that is read: an aggregate of an aggregate on the same window. */
    record Inherited() implements Windowing {}
}
