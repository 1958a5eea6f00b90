package io.tidewatch.kernel.time;

/**
 * Durations as people write them: numbers with the units {@code w d h m s ms}, the greatest first, each at most once:
 * {@code 5s}, {@code 1h30m}, {@code 500ms}. A day is 24 hours. The syntax is that of Prometheus without years.
 */
public final class Durations {
    private static final String[] UNITS = {"w", "d", "h", "m", "s", "ms"};
    private static final long[] UNIT_MILLIS = {
        604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
    };
    private static final String EXPECTED =
            " (expected: like 500ms, 5s, 1h30m or 1d; the units are w, d, h, m, s, ms, greatest first)";

    private Durations() {}

    /**
     * The milliseconds that {@code text} stands for. {@code 0} needs no unit.
     *
     * @throws IllegalArgumentException if it is no duration, or longer than {@link Times#DURATION_MAX}; the message has no
     *     place, which the caller knows
     */
    public static long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        long sum = 0;
        int lastUnit = -1;
        int position = 0;
        do {
            int unitStart = digitsEnd(text, position);
            int unitEnd = lettersEnd(text, unitStart);
            int unit = unit(text.substring(unitStart, unitEnd));
            if (unitStart == position || unit <= lastUnit) {
                throw invalid(text, "");
            }
            long millis = Times.multiplyClamped(
                    number(text.substring(position, unitStart)), UNIT_MILLIS[unit]);
            sum = Times.addClamped(sum, millis);
            lastUnit = unit;
            position = unitEnd;
        } while (position < text.length());
        if (sum > Times.DURATION_MAX) {
            throw invalid(text, " is longer than " + format(Times.DURATION_MAX));
        }
        return sum;
    }

    /**
     * The shortest text that {@link #parse} reads as {@code millis}: {@code 90_000} is {@code 1m30s}. Weeks are used for
     * whole weeks only.
     */
    public static String format(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("millis: " + millis + " (expected: >= 0)");
        }
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = millis;
        for (int unit = rest % UNIT_MILLIS[0] == 0 ? 0 : 1; rest > 0; unit++) {
            long count = rest / UNIT_MILLIS[unit];
            if (count > 0) {
                text.append(count).append(UNITS[unit]);
                rest -= count * UNIT_MILLIS[unit];
            }
        }
        return text.toString();
    }

    private static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int lettersEnd(String text, int start) {
        int end = start;
        while (end < text.length() && (text.charAt(end) < '0' || text.charAt(end) > '9')) {
            end++;
        }
        return end;
    }

    /** A number of any length; beyond 18 digits it is too long for a duration anyway. */
    private static long number(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.length() - start > 18
                ? Long.MAX_VALUE
                : Long.parseLong(digits, start, digits.length(), 10);
    }

    private static int unit(String name) {
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (UNITS[unit].equals(name)) {
                return unit;
            }
        }
        return -1;
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException("duration '" + text + "'" + why + EXPECTED);
    }
}
