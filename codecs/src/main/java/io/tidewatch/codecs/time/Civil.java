package io.tidewatch.codecs.time;

import io.tidewatch.kernel.expression.Calendar;

/** Dates, and the digits of them. */
final class Civil {
    static final int SECONDS_PER_DAY = 86_400;

    /** What {@link #offsetSeconds} returns for what is not an offset. */
    static final int NO_OFFSET = Integer.MIN_VALUE;

    /** The greatest offset, as in java.time. */
    static final int OFFSET_SECONDS_MAX = 18 * 3_600;

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private Civil() {}

    /** Days from 1970-01-01 to a date, which must be valid. */
    static int epochDay(int year, int month, int day) {
        return (int) Calendar.daysOf(year, month, day);
    }

    static boolean isDate(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= Calendar.daysInMonth(year, month));
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
