package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the results that people see out of the rows of a monitor. */
public final class ResultReader {
    private ResultReader() {}

    /** Gives a result for each row that is visible or withdrawn. */
    public static void read(MonitorRows monitorRows, Consumer<Result> results) {
        LinkRows rows = monitorRows.rows();
        for (int row = 0; row < rows.rowCount(); row++) {
            if (isShown(rows, row)) {
                results.accept(result(monitorRows, row, kind(rows, row)));
            }
        }
    }

    /** Whether a row is visible or withdrawn. */
    static boolean isShown(LinkRows rows, int row) {
        return !rows.is(LinkRows.FAILED, row)
                && rows.is(LinkRows.VISIBLE | LinkRows.WITHDRAWN, row);
    }

    /** The rows that are visible or withdrawn. */
    static Selection shown(LinkRows rows) {
        int rowCount = rows.rowCount();
        int[] shown = new int[rowCount];
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            shown[count] = row;
            count += isShown(rows, row) ? 1 : 0;
        }
        return count == rowCount ? Selection.all(rowCount) : Selection.of(shown, count);
    }

    /** The result of one row, visible or not. */
    public static Result result(MonitorRows monitorRows, int row, Result.Kind kind) {
        LinkRows rows = monitorRows.rows();
        long start = rows.windows().starts()[row];
        long end = rows.windows().ends()[row];
        return new CopiedResult(
                monitorRows.monitor(),
                rows.windows().keys().copyBytes(row),
                start,
                end,
                rows.ordinal(row),
                rows.emission().revision(),
                kind,
                rows.is(LinkRows.APPROXIMATE, row),
                rows.isIncomplete(row),
                dueTime(rows, row),
                values(monitorRows, row));
    }

    /** Sessions that ended at different times may come out together. */
    static long dueTime(LinkRows rows, int row) {
        boolean isWindowless = rows.windows().starts()[row] == rows.windows().ends()[row];
        return rows.emission().revision() > 0 || isWindowless
                ? rows.emission().dueTime()
                : rows.windows().ends()[row];
    }

    static Result.Kind kind(LinkRows rows, int row) {
        if (rows.is(LinkRows.WITHDRAWN, row)) {
            return Result.Kind.WITHDRAWN;
        }
        if (rows.emission().early()) {
            return rows.is(LinkRows.OVERFLOW, row) ? Result.Kind.EARLY_OVERFLOW : Result.Kind.EARLY;
        }
        return rows.is(LinkRows.OVERFLOW, row) ? Result.Kind.OVERFLOW : Result.Kind.FINAL;
    }

    private static List<@Nullable Object> values(MonitorRows monitorRows, int row) {
        LinkRows rows = monitorRows.rows();
        Schema schema = rows.batch().schema();
        List<@Nullable Object> values = new ArrayList<>(monitorRows.shownColumns());
        for (int i = 0; i < monitorRows.shownColumns(); i++) {
            values.add(Values.get(schema.field(i).type(), rows.batch().column(i), row));
        }
        return Collections.unmodifiableList(values);
    }
}
