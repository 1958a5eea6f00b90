package io.tidewatch.kernel.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * A time zone: how the local time of a place relates to UTC. Local times are written as the milliseconds since the epoch
 * that they would be in UTC.
 *
 * <p>A local time that a clock change skips is moved forward by as much as the clock is; of one that happens twice, the
 * first is meant. The changes up to the year 2200 stand in a table; later ones, up to the last TIMESTAMP, are asked of {@code
 * java.time}.
 */
final class Zone {
    static final Zone UTC = new Zone(ZoneId.of("UTC").getRules());

    /** 2200-01-01T00:00:00Z. */
    private static final long TABLE_END = 7_258_118_400_000L;

    /** Behind every TIMESTAMP, clocks change no more. */
    private static final long CHANGES_END = Calendar.TIMESTAMP_MAX + 2 * Calendar.MILLIS_PER_DAY;

    private final ZoneRules rules;
    /** The instants at which the offset changes. */
    private final long[] changes;
    /** The offset before the first change, and from each change on. */
    private final long[] offsets;

    private Zone(ZoneRules rules) {
        this.rules = rules;
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(Instant.MIN);
        while (next != null && next.getInstant().toEpochMilli() < TABLE_END) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        changes = new long[transitions.size()];
        offsets = new long[transitions.size() + 1];
        offsets[0] = 1_000L * rules.getOffset(Instant.MIN).getTotalSeconds();
        for (int i = 0; i < changes.length; i++) {
            ZoneOffsetTransition transition = transitions.get(i);
            changes[i] = transition.getInstant().toEpochMilli();
            offsets[i + 1] = 1_000L * transition.getOffsetAfter().getTotalSeconds();
        }
    }

    /** @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID if there is no such zone */
    static Zone of(String id) {
        try {
            return new Zone(ZoneId.of(id).getRules());
        } catch (DateTimeException e) {
            throw Expressions.invalid(
                    "unknown time zone '" + id
                            + "'; write an IANA name such as 'Europe/Berlin', 'UTC', or an offset such as '+02:00'");
        }
    }

    /** Milliseconds to add to an instant for the local time. */
    long offsetAt(long instant) {
        return isBeyondTable(instant)
                ? 1_000L * rules.getOffset(bounded(instant)).getTotalSeconds()
                : offsets[changesUpTo(instant)];
    }

    /** The first change of the offset after an instant, or {@code Long.MAX_VALUE} if there is none. */
    long nextChange(long instant) {
        int index = changesUpTo(instant);
        if (index < changes.length) {
            return changes[index];
        }
        ZoneOffsetTransition next = rules.isFixedOffset() || instant >= CHANGES_END
                ? null
                : rules.nextTransition(Instant.ofEpochMilli(instant));
        return next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
    }

    /** The last change of the offset up to an instant, or {@code Long.MIN_VALUE} if there is none. */
    long lastChange(long instant) {
        if (isBeyondTable(instant)) {
            return rules.previousTransition(bounded(instant).plusNanos(1))
                    .getInstant()
                    .toEpochMilli();
        }
        int count = changesUpTo(instant);
        return count == 0 ? Long.MIN_VALUE : changes[count - 1];
    }

    private boolean isBeyondTable(long instant) {
        return instant >= TABLE_END && !rules.isFixedOffset();
    }

    private static Instant bounded(long instant) {
        return Instant.ofEpochMilli(Math.min(instant, CHANGES_END));
    }

    private int changesUpTo(long instant) {
        int low = 0;
        int high = changes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes[middle] <= instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The instant of a local time; moved forward if the time is skipped, the first if it happens twice. */
    long instantOf(long local) {
        long before = offsetAt(local - Calendar.MILLIS_PER_DAY);
        long after = offsetAt(local + Calendar.MILLIS_PER_DAY);
        long first = local - before;
        return before == after || offsetAt(first) == before || isSkipped(local, before, after)
                ? first
                : local - after;
    }

    /** The first instant whose local time is at or after {@code local}. */
    long firstInstantFrom(long local) {
        long before = offsetAt(local - Calendar.MILLIS_PER_DAY);
        long after = offsetAt(local + Calendar.MILLIS_PER_DAY);
        return isSkipped(local, before, after) ? lastChange(local - before) : instantOf(local);
    }

    /** Neither offset explains the local time. */
    private boolean isSkipped(long local, long before, long after) {
        return before != after
                && offsetAt(local - before) != before
                && offsetAt(local - after) != after;
    }
}
