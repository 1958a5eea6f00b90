package io.tidewatch.testkit.twin;

import io.tidewatch.kernel.plan.Result;
import io.tidewatch.testkit.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result. */
record TwinResult(
        String key, Window window, int revision, Result.Kind kind, List<@Nullable Object> values) {
    /** As {@link Outcome#lines} has it. */
    String line(String monitor) {
        return monitor + " " + key + " " + window + " #" + revision + " " + kind + " "
                + values.stream().map(Outcome::text).toList();
    }
}
