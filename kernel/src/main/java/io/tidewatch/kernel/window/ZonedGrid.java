package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Durations;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Boundaries by the local clock of a zone whose offset from UTC changes. */
final class ZonedGrid implements Grid {
    /*
     * Time is cut into segments within which the offset from UTC does not change. Within one, boundaries stand at a fixed
     * distance. The first instant of a segment that the clock jumped forward to is a boundary, too, if the jump passed one.
     * The segment used last is kept: its fields are final, so whoever sees the reference sees all of it, and who does not
     * computes the same again.
     */
    private static final long FOREVER = Long.MAX_VALUE / 2;

    private final long stepMillis;
    private final long originMillis;
    private final ZoneId zone;
    private final ZoneRules rules;
    private @Nullable Segment latest;

    ZonedGrid(long stepMillis, long originMillis, ZoneId zone) {
        this.stepMillis = stepMillis;
        this.originMillis = Math.floorMod(originMillis, stepMillis);
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /**
     * A time without changes of the clock.
     *
     * @param start inclusive
     * @param end exclusive
     * @param shift of a boundary against the multiples of the step, in {@code [0, step)}
     * @param startsStep whether the start is a boundary
     */
    private record Segment(long start, long end, long shift, boolean startsStep) {
        boolean holds(long time) {
            return time >= start && time < end;
        }
    }

    @Override
    public long floor(long time) {
        long at = Grid.clamp(time);
        while (true) {
            Segment segment = segment(at);
            long boundary = regularFloor(at, segment);
            if (boundary >= segment.start) {
                return boundary;
            }
            if (segment.startsStep) {
                return segment.start;
            }
            at = segment.start - 1;
        }
    }

    @Override
    public long after(long time, int count) {
        long at = Grid.clamp(time);
        int wanted = count;
        while (true) {
            Segment segment = segment(at);
            long first = regularFloor(at, segment) + stepMillis;
            long there = first < segment.end ? (segment.end - 1 - first) / stepMillis + 1 : 0;
            if (wanted <= there) {
                return first + (wanted - 1) * stepMillis;
            }
            wanted -= (int) there;
            at = segment.end;
            if (segment(at).startsStep && --wanted == 0) {
                return at;
            }
        }
    }

    @Override
    public long before(long time, int count) {
        long at = Grid.clamp(time) - 1;
        int wanted = count;
        while (true) {
            Segment segment = segment(at);
            long last = regularFloor(at, segment);
            // The start is counted apart, whether it is regular or jumped to.
            long there = last > segment.start ? (last - segment.start - 1) / stepMillis + 1 : 0;
            if (wanted <= there) {
                return last - (wanted - 1) * stepMillis;
            }
            wanted -= (int) there;
            if (segment.startsStep && --wanted == 0) {
                return segment.start;
            }
            at = segment.start - 1;
        }
    }

    @Override
    public long stepMillis() {
        return stepMillis;
    }

    @Override
    public long lengthMillisMax(int count) {
        long setBackMax = 0;
        for (ZoneOffsetTransition transition : rules.getTransitions()) {
            setBackMax = Math.max(setBackMax, -transition.getDuration().toMillis());
        }
        // Each step is longer by one setting back of the clock at most. The rules for the years to
        // come repeat the last ones.
        return count * (stepMillis + setBackMax);
    }

    @Override
    public String canonicalSuffix() {
        String offset = originMillis == 0 ? "" : " offset " + Durations.format(originMillis);
        return offset + " zone " + zone.getId();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ZonedGrid that
                && stepMillis == that.stepMillis
                && originMillis == that.originMillis
                && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * stepMillis + originMillis) ^ zone.hashCode();
    }

    /** The greatest boundary ≤ {@code time} of the fixed-distance grid of a segment; it may lie before the segment. */
    private long regularFloor(long time, Segment segment) {
        return time - Math.floorMod(time - segment.shift, stepMillis);
    }

    private Segment segment(long time) {
        Segment known = latest;
        if (known != null && known.holds(time)) {
            return known;
        }
        Segment found = find(time);
        latest = found;
        return found;
    }

    private Segment find(long time) {
        Instant instant = Instant.ofEpochMilli(time);
        long aheadMillis = rules.getOffset(instant).getTotalSeconds() * 1_000L;
        long shift = Math.floorMod(originMillis - aheadMillis, stepMillis);
        ZoneOffsetTransition next = rules.nextTransition(instant);
        long end = next == null ? FOREVER : next.toEpochSecond() * 1_000L;
        // A transition at the very instant begins the segment.
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        if (previous == null) {
            return new Segment(-FOREVER, end, shift, false);
        }
        long start = previous.toEpochSecond() * 1_000L;
        return new Segment(start, end, shift, startsStep(start, aheadMillis, previous));
    }

    private boolean startsStep(long start, long aheadMillis, ZoneOffsetTransition transition) {
        long shown = start + aheadMillis - originMillis;
        if (transition.isOverlap()) {
            return Math.floorMod(shown, stepMillis) == 0;
        }
        long shownLast = shown - transition.getDuration().toMillis() - 1;
        return Math.floorDiv(shown, stepMillis) > Math.floorDiv(shownLast, stepMillis);
    }
}
