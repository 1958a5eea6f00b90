package io.tidewatch.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long snapshots held the pipeline up, and how long a thread beside it took to write them. */
final class SnapshotCosts {
    private final List<Double> heldUp = new ArrayList<>();
    private final List<Double> written = new ArrayList<>();

    synchronized void heldUp(double seconds) {
        heldUp.add(seconds);
    }

    synchronized void written(double seconds) {
        written.add(seconds);
    }

    synchronized String summary() {
        return String.format(
                Locale.ROOT,
                "%d snapshots: the median held the pipeline up for %.0f ms of processor time, and took the thread that "
                        + "writes %.0f ms",
                heldUp.size(),
                median(heldUp) * 1e3,
                median(written) * 1e3);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
