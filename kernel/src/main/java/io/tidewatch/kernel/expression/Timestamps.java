package io.tidewatch.kernel.expression;

/**
 * Times as text: RFC 3339 in UTC with milliseconds, {@code 2015-05-17T10:05:03.000Z}. Years outside 0000 to 9999, which
 * RFC 3339 does not have, get a sign and as many digits as they need (ISO 8601).
 */
public final class Timestamps {
    private static final int YEAR_DIGITS_MIN = 4;
    private static final int MILLIS_PER_SECOND = 1_000;

    private Timestamps() {}

    public static String format(long millis) {
        return text(millis, 'T').append('Z').toString();
    }

    /** The form between the quotes of a SQL literal, for example {@code 2024-02-29 12:30:00.000}. */
    static String toSql(long millis) {
        return text(millis, ' ').toString();
    }

    private static StringBuilder text(long millis, char separator) {
        long days = Math.floorDiv(millis, Calendar.MILLIS_PER_DAY);
        StringBuilder out = new StringBuilder(24);
        long date = Calendar.dateOf(days);
        year(out, date >> 16);
        digits(out.append('-'), date >> 8 & 0xFF, 2);
        digits(out.append('-'), date & 0xFF, 2);
        timeOfDay(out.append(separator), (int) Math.floorMod(millis, Calendar.MILLIS_PER_DAY));
        return out;
    }

    /** {@code HH:mm:ss.SSS}. */
    static void timeOfDay(StringBuilder out, int millisOfDay) {
        int seconds = millisOfDay / MILLIS_PER_SECOND;
        digits(out, seconds / 3_600, 2);
        digits(out.append(':'), seconds / 60 % 60, 2);
        digits(out.append(':'), seconds % 60, 2);
        digits(out.append('.'), millisOfDay % MILLIS_PER_SECOND, 3);
    }

    private static void year(StringBuilder out, long year) {
        if (year < 0) {
            out.append('-');
        } else if (year > 9_999) {
            out.append('+');
        }
        digits(out, Math.abs(year), YEAR_DIGITS_MIN);
    }

    /** Appends a number, not negative, with so many digits or more. */
    static void digits(StringBuilder out, long value, int width) {
        long bound = 10;
        for (int i = 1; i < width; i++) {
            if (value < bound) {
                out.append('0');
            }
            bound *= 10;
        }
        out.append(value);
    }
}
