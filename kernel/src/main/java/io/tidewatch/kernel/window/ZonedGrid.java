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
     * Steps of whole days are local dates: local times that were shown before begin none.
     * The segment used last is kept: its fields are final, so whoever sees the reference sees all of it, and who does not
     * computes the same again.
     */
    private static final long FOREVER = Long.MAX_VALUE / 2;

    private static final long MILLIS_PER_DAY = 86_400_000L;

    /** No clock goes back further: offsets from UTC are within 18 hours. */
    private static final long SET_BACK_MAX = 36 * 3_600_000L;

    private final long stepMillis;
    private final boolean ofDates;
    private final long originMillis;
    private final ZoneId zone;
    private final ZoneRules rules;
    private @Nullable Segment latest;

    ZonedGrid(long stepMillis, long originMillis, ZoneId zone) {
        this.stepMillis = stepMillis;
        this.ofDates = stepMillis % MILLIS_PER_DAY == 0;
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
     * @param regularFrom the first boundary after the start at a fixed distance to others; perhaps not before the end
     */
    private record Segment(long start, long end, long shift, boolean startsStep, long regularFrom) {
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
            if (boundary >= segment.regularFrom) {
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
            long first = Math.max(regularFloor(at, segment) + stepMillis, segment.regularFrom);
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
            long there =
                    last >= segment.regularFrom ? (last - segment.regularFrom) / stepMillis + 1 : 0;
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
        long end = next == null ? FOREVER : millisOf(next);
        // A transition at the very instant begins the segment.
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        if (previous == null) {
            return new Segment(-FOREVER, end, shift, false, regularAfter(-FOREVER, shift));
        }
        long start = millisOf(previous);
        long shown = start + aheadMillis;
        long known = ofDates ? knownUpTo(previous) : start + aheadBefore(previous);
        boolean startsStep = ofDates || previous.isGap()
                ? step(shown) > step(known - 1)
                : Math.floorMod(shown - originMillis, stepMillis) == 0;
        // What is repeated begins no date; a boundary at the very end of it is new.
        long begun = ofDates ? Math.max(start, start + known - shown - 1) : start;
        return new Segment(start, end, shift, startsStep, regularAfter(begun, shift));
    }

    /** The local time behind the latest one that was shown before a transition. */
    private long knownUpTo(ZoneOffsetTransition transition) {
        long start = millisOf(transition);
        long known = start + aheadBefore(transition);
        ZoneOffsetTransition earlier = rules.previousTransition(transition.getInstant());
        while (earlier != null && start - millisOf(earlier) < SET_BACK_MAX) {
            known = Math.max(known, millisOf(earlier) + aheadBefore(earlier));
            earlier = rules.previousTransition(earlier.getInstant());
        }
        return known;
    }

    private long step(long shown) {
        return Math.floorDiv(shown - originMillis, stepMillis);
    }

    /** The first boundary &gt; {@code time} of the fixed-distance grid. */
    private long regularAfter(long time, long shift) {
        return time - Math.floorMod(time - shift, stepMillis) + stepMillis;
    }

    private static long millisOf(ZoneOffsetTransition transition) {
        return transition.toEpochSecond() * 1_000L;
    }

    private static long aheadBefore(ZoneOffsetTransition transition) {
        return transition.getOffsetBefore().getTotalSeconds() * 1_000L;
    }
}
