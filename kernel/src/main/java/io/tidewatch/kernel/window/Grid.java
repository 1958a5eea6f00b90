package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Times;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Instants, the boundaries, that cut time into steps. Arguments far outside the range of event times are moved to {@link
 * #MIN} or {@link #MAX}, which no window that holds an event reaches.
 */
sealed interface Grid permits FixedGrid, ZonedGrid {
    long MIN = Times.MIN - 2 * Times.DURATION_MAX;
    long MAX = Times.MAX + 2 * Times.DURATION_MAX;

    /** A grid by the local clock of a zone; boundaries are as {@link Windows} says. */
    static Grid of(long stepMillis, long offsetMillis, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            long ahead = rules.getOffset(java.time.Instant.EPOCH).getTotalSeconds() * 1_000L;
            return new FixedGrid(stepMillis, offsetMillis % stepMillis - ahead);
        }
        return new ZonedGrid(stepMillis, offsetMillis, zone);
    }

    /** The greatest boundary ≤ {@code time}. */
    long floor(long time);

    /** The {@code count}-th boundary &gt; {@code time}, from 1. */
    long after(long time, int count);

    /** The {@code count}-th boundary &lt; {@code time}, from 1. */
    long before(long time, int count);

    /** The distance of boundaries where no clock changes. */
    long stepMillis();

    /** An upper bound of the length of {@code count} steps. */
    long lengthMillisMax(int count);

    /** What tells this grid from others with the same step, with a space before it, or nothing. */
    String canonicalSuffix();

    static long clamp(long time) {
        return Times.clamp(time, MIN, MAX);
    }
}
