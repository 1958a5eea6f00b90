package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.plan.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** The first rows of open windows of each monitor in the order of results, and how many more there are. */
public final class OpenRows {
    private final int rowsPerMonitor;
    /** Per monitor its rows, the last first. */
    private final List<PriorityQueue<Result>> rows = new ArrayList<>();

    private final long[] omitted;

    OpenRows(int monitorCount, int rowsPerMonitor) {
        if (rowsPerMonitor < 1) {
            throw new IllegalArgumentException(
                    "rowsPerMonitor: " + rowsPerMonitor + " (expected: at least 1)");
        }
        this.rowsPerMonitor = rowsPerMonitor;
        this.omitted = new long[monitorCount];
        for (int monitor = 0; monitor < monitorCount; monitor++) {
            rows.add(new PriorityQueue<>(Collections.reverseOrder(Result.ORDER)));
        }
    }

    void add(Result row) {
        PriorityQueue<Result> kept = rows.get(row.monitor());
        kept.add(row);
        if (kept.size() > rowsPerMonitor) {
            kept.remove();
            omitted[row.monitor()]++;
        }
    }

    void addAll(OpenRows other) {
        other.rows.forEach(kept -> kept.forEach(this::add));
        for (int monitor = 0; monitor < omitted.length; monitor++) {
            omitted[monitor] += other.omitted[monitor];
        }
    }

    /** The rows of all monitors, in the order of results. */
    public List<Result> results() {
        List<Result> all = new ArrayList<>();
        rows.forEach(all::addAll);
        all.sort(Result.ORDER);
        return all;
    }

    /** How many rows of a monitor there are beyond those that are here. */
    public long omitted(int monitor) {
        return omitted[monitor];
    }
}
