package io.tidewatch.alerting;

import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;

/** When the alerts of a monitor are evaluated. */
public sealed interface AlertTiming {
    /**
     * At every end of a window.
     *
     * @param lateness how long windows may be amended
     */
    record Windowed(Windows windows, Lateness lateness) implements AlertTiming {
        /** How long after its end a window may be amended; 0 if it never is. */
        long amendableMillis() {
            return lateness.lastDueTime(0);
        }
    }

    /**
     * At the end of every session of the key, and when a timer rings; the alert of the limit at the ends of stretches as long
     * as the gap.
     *
     * @param gapMillis at least 1
     */
    record Sessions(long gapMillis) implements AlertTiming {}

    /** At every row of the key, and when a timer rings. */
    record Rows() implements AlertTiming {}

    /** The first time after {@code time} at which the alert of the limit is evaluated; it is not for rows without windows. */
    default long limitAfter(long time) {
        if (this instanceof Sessions sessions) {
            long gap = sessions.gapMillis();
            return Times.addClamped(Math.floorDiv(time, gap) * gap, gap);
        }
        return this instanceof Windowed windowed
                ? windowed.windows().nextEnd(time)
                : LifeCycle.NEVER;
    }

    /** The first evaluation time at or after {@code time}, for keys that have no rows. */
    default long atOrAfter(long time) {
        if (time == LifeCycle.NEVER) {
            return time;
        }
        return this instanceof Windowed windowed
                ? windowed.windows().nextEnd(Times.subtractClamped(time, 1))
                : time;
    }
}
