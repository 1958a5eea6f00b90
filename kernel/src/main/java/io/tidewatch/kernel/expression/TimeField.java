package io.tidewatch.kernel.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The numbers that EXTRACT and its like take out of a time. */
enum TimeField {
    YEAR("The year."),
    QUARTER("The quarter of the year, 1 to 4."),
    MONTH("The month, 1 to 12."),
    WEEK(
            "The week of the year after ISO 8601, 1 to 53; the days around New Year may belong to the other year."),
    DAY("The day of the month, 1 to 31."),
    DOY("The day of the year, 1 to 366."),
    DOW("The day of the week, 1 for Sunday to 7 for Saturday."),
    ISODOW("The day of the week, 1 for Monday to 7 for Sunday."),
    ISOYEAR("The year that the ISO week belongs to."),
    HOUR("The hour, 0 to 23."),
    MINUTE("The minute, 0 to 59."),
    SECOND("The whole second, 0 to 59."),
    MILLISECOND("The second and its fraction in milliseconds, 0 to 59,999."),
    EPOCH("The whole seconds since 1970-01-01 UTC, rounded down.");

    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int MILLIS_PER_MINUTE = 60_000;
    private static final int MILLIS_PER_HOUR = 3_600_000;

    private final String description;

    TimeField(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /** @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID if there is no such field */
    static TimeField of(String name) {
        String capitals = name.toUpperCase(Locale.ROOT);
        for (TimeField field : values()) {
            if (field.name().equals(capitals)) {
                return field;
            }
        }
        List<String> names = Arrays.stream(values()).map(TimeField::name).toList();
        throw Expressions.invalid(
                "unknown unit '" + name + "'; write one of " + String.join(", ", names));
    }

    /** The field of an instant, by the clock of a zone. */
    long of(long instant, Zone zone) {
        if (this == EPOCH) {
            return Math.floorDiv(instant, MILLIS_PER_SECOND);
        }
        long local = instant + zone.offsetAt(instant);
        long days = Math.floorDiv(local, Calendar.MILLIS_PER_DAY);
        int millis = (int) Math.floorMod(local, Calendar.MILLIS_PER_DAY);
        return switch (this) {
            case YEAR -> Calendar.year(days);
            case QUARTER -> (Calendar.month(days) + 2) / 3;
            case MONTH -> Calendar.month(days);
            case WEEK -> Calendar.isoWeek(days);
            case DAY -> Calendar.dayOfMonth(days);
            case DOY -> Calendar.dayOfYear(days);
            case DOW -> Calendar.isoDayOfWeek(days) % 7 + 1;
            case ISODOW -> Calendar.isoDayOfWeek(days);
            case ISOYEAR -> Calendar.isoYear(days);
            case HOUR -> millis / MILLIS_PER_HOUR;
            case MINUTE -> millis / MILLIS_PER_MINUTE % 60;
            case SECOND -> millis / MILLIS_PER_SECOND % 60;
            case MILLISECOND -> millis % MILLIS_PER_MINUTE;
            case EPOCH -> throw new IllegalStateException("EPOCH has no local form");
        };
    }

    /** Whether {@link #ofInterval} has a meaning. */
    boolean isOfInterval() {
        return switch (this) {
            case DAY, HOUR, MINUTE, SECOND, MILLISECOND, EPOCH -> true;
            case YEAR, QUARTER, MONTH, WEEK, DOY, DOW, ISODOW, ISOYEAR -> false;
        };
    }

    /** The field of an interval in milliseconds: whole days, the rest in hours, and so on, with the interval's sign. */
    long ofInterval(long millis) {
        return switch (this) {
            case DAY -> millis / Calendar.MILLIS_PER_DAY;
            case HOUR -> millis / MILLIS_PER_HOUR % 24;
            case MINUTE -> millis / MILLIS_PER_MINUTE % 60;
            case SECOND -> millis / MILLIS_PER_SECOND % 60;
            case MILLISECOND -> millis % MILLIS_PER_MINUTE;
            case EPOCH -> millis / MILLIS_PER_SECOND;
            case YEAR, QUARTER, MONTH, WEEK, DOY, DOW, ISODOW, ISOYEAR ->
                throw new IllegalArgumentException(name() + " of an interval");
        };
    }
}
