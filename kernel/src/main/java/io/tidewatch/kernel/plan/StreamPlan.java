package io.tidewatch.kernel.plan;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the kernel sees it.
 *
 * @param schema its fields
 * @param timeField the field that holds the event time, a TIMESTAMP
 * @param time when its rows are late
 * @param constant the rows of a VALUES clause, which is a bounded stream of one partition whose rows are never late
 */
public record StreamPlan(
        String name,
        Schema schema,
        int timeField,
        TimeSpec time,
        @Nullable Batch constant) {
    public StreamPlan {
        requireNonNull(name, "name");
        if (constant == null && schema.field(timeField).type().kind() != TypeKind.TIMESTAMP) {
            throw new IllegalArgumentException(
                    "timeField: " + schema.field(timeField) + " (expected: a TIMESTAMP)");
        }
    }
}
