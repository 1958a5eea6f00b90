package io.tidewatch.alerting.notification;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Times of the calendar: those that are in one range of each list that is not empty.
 *
 * @param times ranges of minutes of the day, the end excluded; to 1440 at most
 * @param weekdays ranges of days of the week, from 0 for Sunday to 6
 * @param daysOfMonth ranges of days of the month, from 1 or, counted from its end, from −1
 * @param months ranges of months, from 1 for January
 * @param years ranges of years
 * @param zone ({@code location}) whose calendar it is
 */
public record TimeInterval(
        List<Range> times,
        List<Range> weekdays,
        List<Range> daysOfMonth,
        List<Range> months,
        List<Range> years,
        ZoneId zone) {
    /** From one number to another, both included but in {@code times}. */
    public record Range(int first, int last) {
        boolean contains(int number) {
            return first <= number && number <= last;
        }
    }

    public TimeInterval {
        times = List.copyOf(times);
        weekdays = List.copyOf(weekdays);
        daysOfMonth = List.copyOf(daysOfMonth);
        months = List.copyOf(months);
        years = List.copyOf(years);
        times.forEach(range -> require("times", range, 0, 1_440, range.first() < range.last()));
        weekdays.forEach(range -> require("weekdays", range, 0, 6, range.first() <= range.last()));
        daysOfMonth.forEach(TimeInterval::requireDays);
        months.forEach(range -> require("months", range, 1, 12, range.first() <= range.last()));
        years.forEach(range -> require("years", range, 0, 9_999, range.first() <= range.last()));
    }

    /** Whether the time, in milliseconds since the epoch, is in it. */
    public boolean contains(long time) {
        ZonedDateTime at = Instant.ofEpochMilli(time).atZone(zone);
        int minute = at.getHour() * 60 + at.getMinute();
        int month = at.getMonthValue();
        int weekday =
                at.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : at.getDayOfWeek().getValue();
        int length = at.toLocalDate().lengthOfMonth();
        return (times.isEmpty()
                        || times.stream()
                                .anyMatch(
                                        range -> range.first() <= minute && minute < range.last()))
                && isIn(weekdays, weekday)
                && (daysOfMonth.isEmpty()
                        || daysOfMonth.stream().anyMatch(range -> days(range, length)
                                .contains(at.getDayOfMonth())))
                && isIn(months, month)
                && isIn(years, at.getYear());
    }

    /** The same days, counted from the beginning of a month of that length. */
    private static Range days(Range range, int length) {
        return new Range(
                range.first() < 0 ? length + range.first() + 1 : range.first(),
                range.last() < 0 ? length + range.last() + 1 : range.last());
    }

    private static boolean isIn(List<Range> ranges, int number) {
        return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(number));
    }

    private static void requireDays(Range range) {
        boolean isDay = range.first() != 0 && range.last() != 0;
        boolean isOrdered = (range.first() < 0 ? 28 + range.first() : range.first())
                <= (range.last() < 0 ? 28 + range.last() : range.last());
        boolean endsFromTheEnd = range.first() > 0 || range.last() < 0;
        require("days_of_month", range, -31, 31, isDay && isOrdered && endsFromTheEnd);
    }

    private static void require(
            String name, Range range, int least, int greatest, boolean isOrdered) {
        if (!isOrdered || range.first() < least || range.last() > greatest) {
            throw new IllegalArgumentException(name + ": " + range.first() + " to " + range.last()
                    + " (expected: a range within " + least + " to " + greatest + ")");
        }
    }
}
