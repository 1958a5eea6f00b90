package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.notification.TimeInterval.Range;
import java.util.List;
import java.util.regex.Pattern;

/** Ranges as Alertmanager's {@code time_intervals} write them. All methods throw IllegalArgumentException with the remedy. */
public final class TimeIntervalText {
    private static final List<String> WEEKDAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,4}");

    private TimeIntervalText() {}

    /** Two times of day: {@code 09:00} and {@code 17:00}; up to {@code 24:00}. */
    public static Range times(String startTime, String endTime) {
        return new Range(minutes(startTime), minutes(endTime));
    }

    /** {@code monday} or {@code monday:friday}. */
    public static Range weekdays(String text) {
        return range(text, "a day of the week, such as monday", WEEKDAYS, 0);
    }

    /** {@code 1}, {@code 1:15} or, from the end of the month, {@code -3:-1}. */
    public static Range daysOfMonth(String text) {
        return range(text, "a day of the month, such as 1 or -1", List.of(), 0);
    }

    /** {@code january}, {@code 1} or {@code january:march}. */
    public static Range months(String text) {
        return range(text, "a month, such as january or 1", MONTHS, 1);
    }

    /** {@code 2026} or {@code 2026:2028}. */
    public static Range years(String text) {
        return range(text, "a year, such as 2026", List.of(), 0);
    }

    private static int minutes(String text) {
        if (!TIME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "time: '" + text + "' (expected: HH:MM, from 00:00 to 24:00)");
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static Range range(String text, String what, List<String> names, int first) {
        String[] ends = text.split(":", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException(
                    "range: '" + text + "' (expected: one or two of " + what + ")");
        }
        return new Range(
                member(ends[0], what, names, first),
                member(ends[ends.length - 1], what, names, first));
    }

    private static int member(String text, String what, List<String> names, int first) {
        int index = names.indexOf(text);
        if (index >= 0) {
            return index + first;
        }
        boolean mayBeNumber = names.isEmpty() || first > 0;
        if (mayBeNumber && NUMBER.matcher(text).matches()) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("'" + text + "' (expected: " + what + ")");
    }
}
