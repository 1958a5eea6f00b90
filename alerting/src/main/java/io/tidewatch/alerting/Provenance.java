package io.tidewatch.alerting;

import io.tidewatch.kernel.aggregate.Exemplar;
import java.util.List;

/**
 * Where a transition comes from. Times are milliseconds since the epoch.
 *
 * @param windowStart of the window that was evaluated; without a window, the time of the evaluation
 * @param windowEnd likewise
 * @param revision of the result that was evaluated; 0 unless an amendment made the transition
 * @param dueTime the time that the watermark had to pass: the closing time of the window, or the amendment's
 * @param cause what was evaluated
 * @param positions of the events that went into the window, per partition; empty where there was no row
 * @param exemplars the places of up to three of those events of the key
 */
public record Provenance(
        long windowStart,
        long windowEnd,
        int revision,
        long dueTime,
        Cause cause,
        List<PositionRange> positions,
        List<Exemplar> exemplars) {
    public Provenance {
        positions = List.copyOf(positions);
        exemplars = List.copyOf(exemplars);
    }

    /** What was evaluated. */
    public enum Cause {
        /** A row of the key. */
        ROW,
        /** That the key had no row in the window. */
        NO_ROW,
        /** A timer that rang. */
        TIMER,
        /** That the key is no longer expected. */
        FORGOTTEN,
        /** An amended row, from whose window on the life cycle was replayed. */
        AMENDMENT,
        /** That keys were folded or refused because of a limit, or no longer are. */
        LIMIT
    }
}
