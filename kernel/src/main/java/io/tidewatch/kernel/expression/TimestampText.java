package io.tidewatch.kernel.expression;

/**
 * TIMESTAMP as text. Written as RFC 3339 in UTC with milliseconds, {@code 2024-02-29T12:30:00.000Z}; years beyond 9999 or
 * before 0 have a sign and as many digits as they need.
 */
public final class TimestampText {
    private static final int YEAR_DIGITS_MIN = 4;
    private static final int MILLIS_PER_SECOND = 1_000;

    private TimestampText() {}

    /** RFC 3339, for example {@code 2024-02-29T12:30:00.000Z}. */
    public static String toString(long millis) {
        return text(millis, 'T').append('Z').toString();
    }

    /** The form between the quotes of a SQL literal, for example {@code 2024-02-29 12:30:00.000}. */
    static String toSql(long millis) {
        return text(millis, ' ').toString();
    }

    private static StringBuilder text(long millis, char separator) {
        long days = Math.floorDiv(millis, Calendar.MILLIS_PER_DAY);
        StringBuilder out = new StringBuilder(24);
        year(out, Calendar.year(days));
        digits(out.append('-'), Calendar.month(days), 2);
        digits(out.append('-'), Calendar.dayOfMonth(days), 2);
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

    static void digits(StringBuilder out, long value, int width) {
        String text = Long.toString(value);
        for (int i = text.length(); i < width; i++) {
            out.append('0');
        }
        out.append(text);
    }
}
