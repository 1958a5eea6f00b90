package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.time.Times;

/**
 * Windows that events make, per key: events less than {@code gap} apart are of one session {@code [first, last + gap)}; an
 * event at exactly {@code last + gap} begins the next.
 *
 * <p>Events are kept in panes of length {@code gap}, aligned to the epoch: two events of a key in the same pane are always
 * of the same session, so a pane needs only its first and last event time beside its aggregates.
 *
 * @param gapMillis 1 or more
 */
public record Sessions(long gapMillis) {
    public Sessions {
        if (gapMillis < 1 || gapMillis > Times.DURATION_MAX) {
            throw new IllegalArgumentException("gap: " + gapMillis + "ms (expected: 1ms to "
                    + Durations.format(Times.DURATION_MAX) + ")");
        }
    }

    /** The start of the pane that holds {@code time}. */
    public long paneStart(long time) {
        long bounded = Grid.clamp(time);
        return bounded - Math.floorMod(bounded, gapMillis);
    }

    /** The end of the pane that starts at {@code paneStart}. */
    public long paneEnd(long paneStart) {
        return paneStart + gapMillis;
    }

    /** Whether an event at {@code later} is of the same session as one at {@code earlier}, with none between them. */
    public boolean joins(long earlier, long later) {
        return later - earlier < gapMillis;
    }

    /** The end of a session whose last event is at {@code last}. */
    public long end(long last) {
        return Times.addClamped(last, gapMillis);
    }

    /** The sessions as text that is equal exactly for equal ones, for hashes: {@code session 30m}. */
    public String canonical() {
        return "session " + Durations.format(gapMillis);
    }
}
