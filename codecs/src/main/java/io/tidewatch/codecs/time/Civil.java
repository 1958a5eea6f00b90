package io.tidewatch.codecs.time;

/** The proleptic Gregorian calendar, and digits of dates. */
final class Civil {
    static final int SECONDS_PER_DAY = 86_400;

    /** What {@link #offsetSeconds} returns for what is not an offset. */
    static final int NO_OFFSET = Integer.MIN_VALUE;

    /** The greatest offset, as in java.time. */
    static final int OFFSET_SECONDS_MAX = 18 * 3_600;

    private static final int DAYS_PER_400_YEARS = 146_097;
    private static final int DAYS_TO_1970_FROM_MARCH_0000 = 719_468;
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private Civil() {}

    /**
     * Days from 1970-01-01 to a date, which must be valid, of year 0 or later. The year is counted from March, so that the
     * leap day is its last and the days before a month are a linear function of it.
     */
    static int epochDay(int year, int month, int day) {
        int shiftedYear = month > 2 ? year : year - 1;
        int era = Math.floorDiv(shiftedYear, 400);
        int yearOfEra = shiftedYear - era * 400;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_400_YEARS + dayOfEra - DAYS_TO_1970_FROM_MARCH_0000;
    }

    static boolean isDate(int year, int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= length(year, month));
    }

    private static int length(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** The number of two digits, or a negative number if they are not digits. */
    static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return (tens | ones | 9 - tens | 9 - ones) < 0 ? -1 : tens * 10 + ones;
    }

    /** The number of four digits, or a negative number if they are not digits. */
    static int four(byte[] bytes, int at) {
        int high = two(bytes, at);
        int low = two(bytes, at + 2);
        return (high | low) < 0 ? -1 : high * 100 + low;
    }

    /** The month, from 1, of an English name of three letters in any case, or 0. */
    static int month(byte[] bytes, int at) {
        for (int month = 0; month < 12; month++) {
            if ((bytes[at] | 0x20) == MONTHS.charAt(3 * month)
                    && (bytes[at + 1] | 0x20) == MONTHS.charAt(3 * month + 1)
                    && (bytes[at + 2] | 0x20) == MONTHS.charAt(3 * month + 2)) {
                return month + 1;
            }
        }
        return 0;
    }

    /** Seconds of the offset {@code ±hhmm} or {@code ±hh:mm} that fills the range, or {@link #NO_OFFSET}. */
    static int offsetSeconds(byte[] bytes, int start, int end) {
        int length = end - start;
        boolean colon = length == 6 && bytes[start + 3] == ':';
        if ((length != 5 && !colon) || (bytes[start] != '+' && bytes[start] != '-')) {
            return NO_OFFSET;
        }
        int hours = two(bytes, start + 1);
        int minutes = two(bytes, end - 2);
        int seconds = hours * 3600 + minutes * 60;
        if ((hours | minutes) < 0 || minutes > 59 || seconds > OFFSET_SECONDS_MAX) {
            return NO_OFFSET;
        }
        return bytes[start] == '-' ? -seconds : seconds;
    }
}
