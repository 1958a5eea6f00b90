package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.Windowing;
import java.util.List;

/**
 * A window table function that waits for what stands above it: an aggregation makes its windows; otherwise rows are repeated
 * for each window, or listed.
 *
 * @param windowing a grid or sessions
 * @param time assigns the windows, over the joined row
 * @param keys of sessions, over the joined row
 * @param keyNames what the keys are called
 */
record TableWindows(
        Windowing windowing, Expression time, List<Expression> keys, List<String> keyNames) {
    TableWindows {
        keys = List.copyOf(keys);
        keyNames = List.copyOf(keyNames);
    }

    boolean isSession() {
        return windowing instanceof Windowing.Session;
    }

    TableWindows over(List<Expression> columns) {
        return new TableWindows(
                windowing,
                Substitution.apply(time, columns),
                Substitution.apply(keys, columns),
                keyNames);
    }
}
