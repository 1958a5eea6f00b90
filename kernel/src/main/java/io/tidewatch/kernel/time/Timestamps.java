package io.tidewatch.kernel.time;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidewatch.kernel.batch.ByteWriter;

/**
 * Times as text: RFC 3339 in UTC with milliseconds, {@code 2015-05-17T10:05:03.000Z}. Years outside 0000 to 9999, which
 * RFC 3339 does not have, get a sign and as many digits as they need (ISO 8601).
 */
public final class Timestamps {
    /*
     * The date comes from the day number by counting in eras of 400 years, which all have the same number of days, in years
     * that begin on 1 March, so that the leap day is the last one (the idea is in Howard Hinnant, "chrono-Compatible
     * Low-Level Date Algorithms").
     */
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final int DAYS_PER_ERA = 146_097;
    private static final int DAYS_PER_CENTURY = 36_524;
    private static final int DAYS_PER_FOUR_YEARS = 1_461;
    private static final int DAYS_PER_YEAR = 365;
    /** Days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_DAY_IN_ERAS = 719_468;

    private Timestamps() {}

    public static String format(long time) {
        ByteWriter out = new ByteWriter(32);
        write(time, out);
        return new String(out.array(), 0, out.size(), ISO_8859_1);
    }

    /** Appends the text of {@code time} as ASCII bytes. */
    public static void write(long time, ByteWriter out) {
        writeDate(Math.floorDiv(time, MILLIS_PER_DAY), out);
        int millis = (int) Math.floorMod(time, MILLIS_PER_DAY);
        out.writeByte('T');
        writeTwo(millis / 3_600_000, out);
        out.writeByte(':');
        writeTwo(millis / 60_000 % 60, out);
        out.writeByte(':');
        writeTwo(millis / 1_000 % 60, out);
        out.writeByte('.');
        out.writeByte('0' + millis / 100 % 10);
        writeTwo(millis % 100, out);
        out.writeByte('Z');
    }

    private static void writeDate(long epochDay, ByteWriter out) {
        long days = epochDay + EPOCH_DAY_IN_ERAS;
        long era = Math.floorDiv(days, DAYS_PER_ERA);
        int day = Math.floorMod(days, DAYS_PER_ERA);
        int century = Math.min(day / DAYS_PER_CENTURY, 3);
        day -= century * DAYS_PER_CENTURY;
        int fourYears = day / DAYS_PER_FOUR_YEARS;
        day -= fourYears * DAYS_PER_FOUR_YEARS;
        int year = Math.min(day / DAYS_PER_YEAR, 3);
        day -= year * DAYS_PER_YEAR;
        // From March on, months have 31 30 31 30 31 days, again and again: 153 days in five of
        // them.
        int month = (5 * day + 2) / 153;
        int dayOfMonth = day - (153 * month + 2) / 5 + 1;
        boolean nextYear = month >= 10;
        writeYear(400 * era + 100L * century + 4L * fourYears + year + (nextYear ? 1 : 0), out);
        out.writeByte('-');
        writeTwo(nextYear ? month - 9 : month + 3, out);
        out.writeByte('-');
        writeTwo(dayOfMonth, out);
    }

    private static void writeYear(long year, ByteWriter out) {
        if (year >= 0 && year <= 9_999) {
            writeTwo((int) year / 100, out);
            writeTwo((int) year % 100, out);
            return;
        }
        out.writeByte(year < 0 ? '-' : '+');
        String digits = Long.toString(Math.abs(year));
        for (int i = digits.length(); i < 4; i++) {
            out.writeByte('0');
        }
        for (int i = 0; i < digits.length(); i++) {
            out.writeByte(digits.charAt(i));
        }
    }

    private static void writeTwo(int value, ByteWriter out) {
        out.writeByte('0' + value / 10);
        out.writeByte('0' + value % 10);
    }
}
