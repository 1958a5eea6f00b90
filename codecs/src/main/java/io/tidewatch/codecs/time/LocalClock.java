package io.tidewatch.codecs.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Turns local times of a zone into instants: a skipped time moves forward by the length of the gap, a repeated one is the
 * earlier. It remembers the stretch between two clock changes in which the last time stood.
 */
final class LocalClock {
    private static final long DAY = Civil.SECONDS_PER_DAY;

    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private int offset;

    LocalClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** Seconds since the epoch of a local time, itself given as if it were UTC. */
    long epochSecond(long localSecond) {
        if (localSecond < from || localSecond >= until) {
            return find(localSecond);
        }
        return localSecond - offset;
    }

    private long find(long localSecond) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
        ZoneOffset before = rules.getOffset(local);
        long second = localSecond - before.getTotalSeconds();
        if (rules.getValidOffsets(local).size() == 1) {
            remember(second, before.getTotalSeconds());
        }
        return second;
    }

    /** Keeps a day's distance from both clock changes, which is more than any gap or overlap. */
    private void remember(long second, int totalSeconds) {
        Instant instant = Instant.ofEpochSecond(second);
        @Nullable ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
        @Nullable ZoneOffsetTransition next = rules.nextTransition(instant);
        offset = totalSeconds;
        from = last == null ? Long.MIN_VALUE : last.toEpochSecond() + totalSeconds + 2 * DAY;
        until = next == null ? Long.MAX_VALUE : next.toEpochSecond() + totalSeconds - 2 * DAY;
    }
}
