package io.tidewatch.alerting;

import io.tidewatch.kernel.aggregate.Exemplar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a row that was evaluated.
 *
 * @param values by column; empty if they cannot matter
 * @param marks of the values
 */
record Sample(
        long windowStart,
        long ordinal,
        List<@Nullable Object> values,
        Marks marks,
        List<PositionRange> positions,
        List<Exemplar> exemplars) {
    /** No row. */
    static Sample none(long windowStart) {
        return new Sample(windowStart, 0, List.of(), Marks.NONE, List.of(), List.of());
    }
}
