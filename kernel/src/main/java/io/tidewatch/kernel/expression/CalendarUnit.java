package io.tidewatch.kernel.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The units that times are cut to and counted in. A week begins on Monday. */
enum CalendarUnit {
    MILLISECOND(1, 0),
    SECOND(1_000, 0),
    MINUTE(60_000, 0),
    HOUR(3_600_000, 0),
    DAY(Calendar.MILLIS_PER_DAY, 0),
    WEEK(7 * Calendar.MILLIS_PER_DAY, 0),
    MONTH(0, 1),
    QUARTER(0, 3),
    YEAR(0, 12);

    /** 1970-01-05, a Monday. */
    private static final long FIRST_MONDAY = 4 * Calendar.MILLIS_PER_DAY;

    private final long millis;
    private final int months;

    CalendarUnit(long millis, int months) {
        this.millis = millis;
        this.months = months;
    }

    /** @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID if there is no such unit */
    static CalendarUnit of(String name) {
        String capitals = name.toUpperCase(Locale.ROOT);
        for (CalendarUnit unit : values()) {
            if (unit.name().equals(capitals)) {
                return unit;
            }
        }
        List<String> names = Arrays.stream(values()).map(CalendarUnit::name).toList();
        throw Expressions.invalid(
                "unknown unit '" + name + "'; write one of " + String.join(", ", names));
    }

    /** Milliseconds, or 0 for a unit of months. */
    long millis() {
        return millis;
    }

    /** Months, or 0 for a unit of milliseconds. */
    int months() {
        return months;
    }

    /** The start of the unit that a time without zone lies in. */
    long floor(long local) {
        if (this == WEEK) {
            return Math.floorDiv(local - FIRST_MONDAY, millis) * millis + FIRST_MONDAY;
        }
        if (millis > 0) {
            return Math.floorDiv(local, millis) * millis;
        }
        long date = Calendar.dateOf(Math.floorDiv(local, Calendar.MILLIS_PER_DAY));
        int month = (int) (date >> 8 & 0xFF) - 1;
        return Calendar.daysOf(date >> 16, month - month % months + 1, 1) * Calendar.MILLIS_PER_DAY;
    }

    /** The start of the unit behind the one that begins at {@code start}. */
    long next(long start) {
        return millis > 0 ? start + millis : Calendar.plusMonthsToMillis(start, months);
    }

    /** The instant so many units later, in UTC; out of the range of TIMESTAMP if it would leave it. */
    long plus(long instant, long count) {
        if (months > 0) {
            return Math.abs(count) > Calendar.MONTHS_MAX / months || count == Long.MIN_VALUE
                    ? Long.MAX_VALUE
                    : Calendar.plusMonthsToMillis(instant, count * months);
        }
        long distance = count * millis;
        long sum = instant + distance;
        boolean overflows = Math.multiplyHigh(count, millis) != distance >> 63
                || ((instant ^ sum) & (distance ^ sum)) < 0;
        return overflows ? Long.MAX_VALUE : sum;
    }

    /** Whole units from one instant to another, both within the range of TIMESTAMP. */
    long between(long from, long to) {
        if (millis > 0) {
            return (to - from) / millis;
        }
        long fromDate = Calendar.dateOf(Math.floorDiv(from, Calendar.MILLIS_PER_DAY));
        long toDate = Calendar.dateOf(Math.floorDiv(to, Calendar.MILLIS_PER_DAY));
        long count = ((toDate >> 16) - (fromDate >> 16)) * 12
                + (toDate >> 8 & 0xFF)
                - (fromDate >> 8 & 0xFF);
        long reached = Calendar.plusMonthsToMillis(from, count);
        if (count > 0 && reached > to) {
            count--;
        } else if (count < 0 && reached < to) {
            count++;
        }
        return count / months;
    }

    /**
     * The start of the unit that an instant lies in, in a zone: the last one up to it. Hours that happen twice are two hours.
     * A day (week, month …) is one, and begins at its first instant: where the clock goes back over midnight, the evening that
     * is shown again belongs to the day that has begun.
     */
    long floor(long instant, Zone zone) {
        long offset = zone.offsetAt(instant);
        long local = floor(instant + offset);
        if (zone.nextChange(local - offset - Calendar.MILLIS_PER_DAY) > instant) {
            // No change of the clock is near: the start has the same offset, and happens once.
            return local - offset;
        }
        if (compareTo(DAY) < 0) {
            return floorOfHours(instant, zone);
        }
        return zone.firstInstantFrom(date(instant, zone));
    }

    /** The local time that begins the unit, a day or longer, that an instant lies in. */
    private long date(long instant, Zone zone) {
        long shown = floor(instant + zone.offsetAt(instant));
        long next = next(shown);
        return zone.firstInstantFrom(next) <= instant ? next : shown;
    }

    private long floorOfHours(long instant, Zone zone) {
        long at = instant;
        while (true) {
            long offset = zone.offsetAt(at);
            long start = floor(at + offset) - offset;
            long change = zone.lastChange(at);
            if (start >= change) {
                return start;
            }
            if (floor(change + offset) > floor(change - 1 + zone.offsetAt(change - 1))) {
                return change;
            }
            at = change - 1;
        }
    }

    /** The first start of such a unit that is not before an instant, in a zone. */
    long ceil(long instant, Zone zone) {
        if (floor(instant, zone) == instant) {
            return instant;
        }
        return compareTo(DAY) < 0
                ? ceilOfHours(instant, zone)
                : zone.firstInstantFrom(next(date(instant, zone)));
    }

    private long ceilOfHours(long instant, Zone zone) {
        long from = instant;
        while (floor(from, zone) != from) {
            long offset = zone.offsetAt(from);
            long next = next(floor(from + offset)) - offset;
            long change = zone.nextChange(from);
            if (next < change) {
                return next;
            }
            from = change;
        }
        return from;
    }
}
