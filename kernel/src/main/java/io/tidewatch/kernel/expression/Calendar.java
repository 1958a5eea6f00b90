package io.tidewatch.kernel.expression;

/**
 * The proleptic Gregorian calendar over days since 1970-01-01, for any day that a TIMESTAMP can hold. Years are counted
 * astronomically: year 0 is 1 BC.
 *
 * <p>A year is taken to begin on 1 March, so that the leap day is its last; 400 such years are one era of 146,097 days.
 */
public final class Calendar {
    public static final long MILLIS_PER_DAY = 86_400_000L;

    private static final long DAYS_PER_ERA = 146_097;
    /** From 0000-03-01 to 1970-01-01. */
    private static final long DAYS_TO_EPOCH = 719_468;

    /** The least TIMESTAMP, 0001-01-01T00:00:00.000Z. */
    public static final long TIMESTAMP_MIN = -62_135_596_800_000L;

    /** The greatest TIMESTAMP, 9999-12-31T23:59:59.999Z. */
    public static final long TIMESTAMP_MAX = 253_402_300_799_999L;

    /** More months than there are between the least and the greatest TIMESTAMP. */
    static final long MONTHS_MAX = 12L * 10_000;

    private Calendar() {}

    /** @param month 1 to 12 */
    public static long daysOf(long year, int month, int day) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400L);
        int yearOfEra = (int) (marchYear - era * 400);
        int marchMonth = month > 2 ? month - 3 : month + 9;
        int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
    }

    public static long year(long days) {
        return dateOf(days) >> 16;
    }

    public static int month(long days) {
        return (int) (dateOf(days) >> 8) & 0xFF;
    }

    public static int dayOfMonth(long days) {
        return (int) dateOf(days) & 0xFF;
    }

    /** The date in one number: {@code year << 16 | month << 8 | day of month}. */
    static long dateOf(long days) {
        long shifted = days + DAYS_TO_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        long dayOfEra = shifted - era * DAYS_PER_ERA;
        long yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long marchMonth = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | day;
    }

    public static boolean isLeapYear(long year) {
        return (year & 3) == 0
                && (Math.floorMod(year, 100L) != 0 || Math.floorMod(year, 400L) == 0);
    }

    public static int daysInMonth(long year, int month) {
        return switch (month) {
            case 2 -> isLeapYear(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** The same day of another month, or the last day of that month if it is shorter. */
    public static long plusMonths(long days, long months) {
        long date = dateOf(days);
        long monthCount = (date >> 16) * 12 + ((date >> 8) & 0xFF) - 1 + months;
        long year = Math.floorDiv(monthCount, 12L);
        int month = (int) Math.floorMod(monthCount, 12L) + 1;
        return daysOf(year, month, Math.min((int) date & 0xFF, daysInMonth(year, month)));
    }

    /** Whether a TIMESTAMP may have this value: years 1 to 9999. */
    public static boolean isTimestamp(long millis) {
        return millis >= TIMESTAMP_MIN && millis <= TIMESTAMP_MAX;
    }

    /** {@code millis} plus months, with the time of day kept; for months of up to {@link #MONTHS_MAX} either way. */
    static long plusMonthsToMillis(long millis, long months) {
        long days = plusMonths(Math.floorDiv(millis, MILLIS_PER_DAY), months);
        return days * MILLIS_PER_DAY + Math.floorMod(millis, MILLIS_PER_DAY);
    }

    /** 1 for Monday to 7 for Sunday. */
    public static int isoDayOfWeek(long days) {
        return (int) Math.floorMod(days + 3, 7L) + 1;
    }

    /** 1 for 1 January. */
    public static int dayOfYear(long days) {
        return (int) (days - daysOf(year(days), 1, 1)) + 1;
    }

    /** The year that the week of a day belongs to after ISO 8601: that of its Thursday. */
    public static long isoYear(long days) {
        return year(days + 4 - isoDayOfWeek(days));
    }

    /** The week after ISO 8601, 1 to 53; week 1 is the first with a Thursday in the year. */
    public static int isoWeek(long days) {
        return (dayOfYear(days + 4 - isoDayOfWeek(days)) - 1) / 7 + 1;
    }
}
