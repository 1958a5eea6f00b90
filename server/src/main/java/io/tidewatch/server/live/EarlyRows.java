package io.tidewatch.server.live;

import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.CopiedRow;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Shows the rows of open windows at an interval, between the results of a job, which pass through it.
 *
 * <p>A row is shown again when it has changed, and as withdrawn when it is gone without having become a result. What is kept
 * for that is what was shown last. Looking takes a tenth of the time at most.
 */
public final class EarlyRows implements JobOutput {
    /** How many rows of a monitor are shown of those that are open at one time. */
    private static final int ROWS_PER_MONITOR = 1_000;

    private static final int SHARE = 10;

    private final Clock clock;
    private final long everyNanos;
    private final JobOutput next;
    private final PrintWriter err;
    private final Set<String> told = new HashSet<>();
    private Map<Name, List<CopiedRow>> shown = new LinkedHashMap<>();
    private long lookAt;

    /** What tells a row from others. */
    private record Name(String monitor, ByteBuffer key, long start, long end) {
        static Name of(ResultRow row) {
            return new Name(row.monitor(), row.keyBytes(), row.windowStart(), row.windowEnd());
        }
    }

    /**
     * @param everyMillis how long from one look to the next, by the clock
     * @param next takes the results and what is shown early
     * @param err is told which monitors have more rows than are shown
     */
    public EarlyRows(Clock clock, long everyMillis, JobOutput next, PrintWriter err) {
        this.clock = clock;
        this.everyNanos = everyMillis * 1_000_000;
        this.next = next;
        this.err = err;
        this.lookAt = clock.nanos() + everyNanos;
    }

    @Override
    public void result(ResultRow row) {
        shown.remove(Name.of(row));
        next.result(row);
    }

    @Override
    public void transition(TransitionRow row) {
        next.transition(row);
    }

    /** Shows what is new in the open windows of a job, if it is time to look. */
    public void look(Job job) {
        long start = clock.nanos();
        if (start - lookAt < 0) {
            return;
        }
        show(job);
        long end = clock.nanos();
        lookAt = Math.max(start + everyNanos, end + (end - start) * (SHARE - 1));
    }

    /** Withdraws what never became a result, once the input has ended and all results are there. */
    public void end() {
        shown.values().forEach(rows -> rows.forEach(row -> next.result(CopiedRow.withdrawn(row))));
        shown.clear();
    }

    private void show(Job job) {
        Map<Name, List<CopiedRow>> open = new LinkedHashMap<>();
        Map<String, Long> lastEnds = new LinkedHashMap<>();
        Map<String, Long> omitted = job.early(ROWS_PER_MONITOR, row -> {
            open.computeIfAbsent(Name.of(row), any -> new ArrayList<>()).add(CopiedRow.of(row));
            lastEnds.put(row.monitor(), row.windowEnd());
        });
        Map<Name, List<CopiedRow>> before = shown;
        shown = open;
        before.forEach((name, rows) -> {
            boolean isBeyond = omitted.containsKey(name.monitor())
                    && name.end() >= lastEnds.getOrDefault(name.monitor(), Long.MIN_VALUE);
            if (!open.containsKey(name) && !isBeyond) {
                rows.forEach(row -> next.result(CopiedRow.withdrawn(row)));
            }
        });
        open.forEach((name, rows) -> showChanged(before.getOrDefault(name, List.of()), rows));
        omitted.forEach(this::tell);
    }

    /** Shows the rows of one name that are not among those shown before; withdraws one where there are fewer. */
    private void showChanged(List<CopiedRow> before, List<CopiedRow> rows) {
        List<CopiedRow> gone = new ArrayList<>(before);
        List<CopiedRow> changed = new ArrayList<>();
        for (CopiedRow row : rows) {
            if (!gone.remove(row)) {
                changed.add(row);
            }
        }
        gone.stream()
                .skip(Math.min(changed.size(), gone.size()))
                .forEach(row -> next.result(CopiedRow.withdrawn(row)));
        changed.forEach(next::result);
    }

    private void tell(String monitor, long omitted) {
        if (told.add(monitor)) {
            err.println(String.format(
                    Locale.ROOT,
                    "early: of monitor '%s' the first %,d rows of open windows are shown, and %,d more are not",
                    monitor,
                    ROWS_PER_MONITOR,
                    omitted));
        }
    }
}
