package io.tidewatch.kernel.expression;

/**
 * Intervals as text, as between the quotes of SQL literals: {@code 1 02:03:04.005} (DAY TO SECOND) and {@code 1-02} (YEAR
 * TO MONTH), with a minus sign in front if negative.
 */
public final class IntervalText {
    private static final int MONTHS_PER_YEAR = 12;

    private IntervalText() {}

    /** Days and the time of day, from milliseconds. */
    public static String toString(long millis) {
        // Division rather than negation, because Long.MIN_VALUE has no positive counterpart.
        StringBuilder out = new StringBuilder(millis < 0 ? "-" : "");
        out.append(Math.abs(millis / Calendar.MILLIS_PER_DAY)).append(' ');
        Timestamps.timeOfDay(out, (int) Math.abs(millis % Calendar.MILLIS_PER_DAY));
        return out.toString();
    }

    /** Years and months, from months. */
    public static String monthsToString(long months) {
        StringBuilder out = new StringBuilder(months < 0 ? "-" : "");
        out.append(Math.abs(months / MONTHS_PER_YEAR)).append('-');
        Timestamps.digits(out, Math.abs(months % MONTHS_PER_YEAR), 2);
        return out.toString();
    }
}
