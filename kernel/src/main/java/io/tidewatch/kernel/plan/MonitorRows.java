package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.operator.LinkRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of a monitor.
 *
 * @param monitor its place in the job
 * @param branch of its UNION ALL
 * @param rows the rows; valid as long as they are
 * @param shownColumns how many of their columns results show; behind them stand parts of the key
 * @param when per row the value of the alert's condition, absent without an alert
 * @param clear per row the value of its clear condition, absent if it has none
 * @param failures of the two conditions, by row
 */
public record MonitorRows(
        int monitor,
        int branch,
        LinkRows rows,
        int shownColumns,
        @Nullable BooleanColumn when,
        @Nullable BooleanColumn clear,
        List<Integer> failures) {
    /** Whether a condition of the row could not be computed. */
    public boolean isConditionFailed(int row) {
        return !failures.isEmpty() && failures.contains(row);
    }

    public boolean whenIsTrue(int row) {
        return isTrue(when, row);
    }

    public boolean clearIsTrue(int row) {
        return isTrue(clear, row);
    }

    private static boolean isTrue(@Nullable BooleanColumn column, int row) {
        return column != null && !column.isNull(row) && column.value(row);
    }
}
