package io.tidewatch.server.backtest;

import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.CopiedRow;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Brings results into the order of (window end, window start, monitor, revision), and transitions into that of (time, monitor),
 * rows that are alike in these staying in the order in which they became due. Rows beyond {@link #ROWS_MAX} are sorted by
 * themselves, again that many at a time.
 */
public final class SortedOutput implements JobOutput {
    /** The most results, and the most transitions, that are held back to be sorted. */
    public static final int ROWS_MAX = 2_000_000;

    private static final Comparator<ResultRow> RESULT_ORDER = Comparator.comparingLong(
                    ResultRow::windowEnd)
            .thenComparingLong(ResultRow::windowStart)
            .thenComparing(ResultRow::monitor)
            .thenComparingInt(ResultRow::revision);

    private static final Comparator<TransitionRow> TRANSITION_ORDER =
            Comparator.comparingLong(TransitionRow::atMillis).thenComparing(TransitionRow::monitor);

    private final JobOutput next;
    private final List<ResultRow> results = new ArrayList<>();
    private final List<TransitionRow> transitions = new ArrayList<>();

    public SortedOutput(JobOutput next) {
        this.next = next;
    }

    @Override
    public void result(ResultRow row) {
        // A row that reads from the results of its epoch would keep all of them in memory.
        results.add(CopiedRow.of(row));
        if (results.size() == ROWS_MAX) {
            giveResults();
        }
    }

    @Override
    public void transition(TransitionRow row) {
        transitions.add(row);
        if (transitions.size() == ROWS_MAX) {
            giveTransitions();
        }
    }

    /** Gives what was held back. */
    public void close() {
        giveResults();
        giveTransitions();
    }

    private void giveResults() {
        results.sort(RESULT_ORDER);
        results.forEach(next::result);
        results.clear();
    }

    private void giveTransitions() {
        transitions.sort(TRANSITION_ORDER);
        transitions.forEach(next::transition);
        transitions.clear();
    }
}
