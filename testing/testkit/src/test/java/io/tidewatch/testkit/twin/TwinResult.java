package io.tidewatch.testkit.twin;

import io.tidewatch.kernel.plan.Result;
import io.tidewatch.testkit.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result.
 *
 * @param ordinal among the rows of its key and time, of a query without windows
 * @param incomplete whether it may lack rows
 */
record TwinResult(
        String key,
        Window window,
        long ordinal,
        int revision,
        Result.Kind kind,
        boolean incomplete,
        List<@Nullable Object> values) {
    TwinResult(
            String key,
            Window window,
            int revision,
            Result.Kind kind,
            List<@Nullable Object> values) {
        this(key, window, 0, revision, kind, false, values);
    }

    /** As {@link Outcome#lines} has it. */
    String line(String monitor) {
        return monitor + " " + key + " " + window + (ordinal == 0 ? "" : " +" + ordinal) + " #"
                + revision + " " + kind + (incomplete ? " INCOMPLETE " : " ")
                + values.stream().map(Outcome::text).toList();
    }
}
