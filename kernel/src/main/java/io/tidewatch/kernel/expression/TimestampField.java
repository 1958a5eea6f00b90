package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidewatch.kernel.batch.ByteWriter;
import java.util.List;

/** What a run of letters in a {@link TimestampPattern} stands for. */
enum TimestampField {
    LITERAL,
    YEAR,
    YEAR_OF_CENTURY,
    MONTH,
    MONTH_SHORT,
    MONTH_LONG,
    DAY,
    DAY_OF_YEAR,
    HOUR,
    HOUR_OF_HALF_DAY,
    HALF_DAY,
    MINUTE,
    SECOND,
    FRACTION,
    WEEKDAY_SHORT,
    WEEKDAY_LONG,
    OFFSET_COLON,
    OFFSET_PLAIN;

    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    static final List<String> WEEKDAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    static final List<String> HALVES = List.of("AM", "PM");

    private static final int SHORT_NAME = 3;
    private static final int FRACTION_DIGITS_MAX = 9;
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int MILLIS_PER_MINUTE = 60_000;
    private static final int MILLIS_PER_HOUR = 3_600_000;

    /** @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID if there is no such field */
    static TimestampField of(char letter, int count, String pattern) {
        TimestampField field =
                switch (letter) {
                    case 'y' -> count == 4 ? YEAR : count == 2 ? YEAR_OF_CENTURY : LITERAL;
                    case 'M' ->
                        switch (count) {
                            case 1, 2 -> MONTH;
                            case 3 -> MONTH_SHORT;
                            case 4 -> MONTH_LONG;
                            default -> LITERAL;
                        };
                    case 'd' -> count <= 2 ? DAY : LITERAL;
                    case 'D' -> count == 3 ? DAY_OF_YEAR : LITERAL;
                    case 'H' -> count <= 2 ? HOUR : LITERAL;
                    case 'h' -> count <= 2 ? HOUR_OF_HALF_DAY : LITERAL;
                    case 'a' -> count == 1 ? HALF_DAY : LITERAL;
                    case 'm' -> count <= 2 ? MINUTE : LITERAL;
                    case 's' -> count <= 2 ? SECOND : LITERAL;
                    case 'S' -> count <= FRACTION_DIGITS_MAX ? FRACTION : LITERAL;
                    case 'E' -> count == 3 ? WEEKDAY_SHORT : count == 4 ? WEEKDAY_LONG : LITERAL;
                    case 'X' -> count == 3 ? OFFSET_COLON : LITERAL;
                    case 'x' -> count == 2 ? OFFSET_PLAIN : LITERAL;
                    default -> LITERAL;
                };
        if (field == LITERAL) {
            throw Expressions.invalid("time pattern '" + pattern + "': "
                    + Character.toString(letter).repeat(count) + " has no meaning; " + LETTERS);
        }
        return field;
    }

    private static final String LETTERS = TimestampPattern.LETTERS;

    /** @param width the number of letters, which is the number of digits at least */
    void write(long local, long offset, int width, ByteWriter out) {
        long days = Math.floorDiv(local, Calendar.MILLIS_PER_DAY);
        int millis = (int) Math.floorMod(local, Calendar.MILLIS_PER_DAY);
        int hour = millis / MILLIS_PER_HOUR;
        switch (this) {
            case LITERAL -> throw new IllegalStateException("a literal is written as it is");
            case YEAR -> digits(Calendar.year(days), width, out);
            case YEAR_OF_CENTURY -> digits(Math.floorMod(Calendar.year(days), 100L), width, out);
            case MONTH -> digits(Calendar.month(days), width, out);
            case MONTH_SHORT ->
                text(MONTHS.get(Calendar.month(days) - 1).substring(0, SHORT_NAME), out);
            case MONTH_LONG -> text(MONTHS.get(Calendar.month(days) - 1), out);
            case DAY -> digits(Calendar.dayOfMonth(days), width, out);
            case DAY_OF_YEAR -> digits(Calendar.dayOfYear(days), width, out);
            case HOUR -> digits(hour, width, out);
            case HOUR_OF_HALF_DAY -> digits((hour + 11) % 12 + 1, width, out);
            case HALF_DAY -> text(HALVES.get(hour / 12), out);
            case MINUTE -> digits(millis / MILLIS_PER_MINUTE % 60, width, out);
            case SECOND -> digits(millis / MILLIS_PER_SECOND % 60, width, out);
            case FRACTION -> fraction(millis % MILLIS_PER_SECOND, width, out);
            case WEEKDAY_SHORT ->
                text(WEEKDAYS.get(Calendar.isoDayOfWeek(days) - 1).substring(0, SHORT_NAME), out);
            case WEEKDAY_LONG -> text(WEEKDAYS.get(Calendar.isoDayOfWeek(days) - 1), out);
            case OFFSET_COLON -> offset(offset, true, out);
            case OFFSET_PLAIN -> offset(offset, false, out);
        }
    }

    private static void digits(long value, int width, ByteWriter out) {
        StringBuilder text = new StringBuilder();
        Timestamps.digits(text, value, width);
        text(text.toString(), out);
    }

    private static void fraction(int millis, int width, ByteWriter out) {
        StringBuilder text = new StringBuilder();
        Timestamps.digits(text, millis, 3);
        text(text.append("000000").substring(0, width), out);
    }

    private static void offset(long offset, boolean colon, ByteWriter out) {
        if (offset == 0 && colon) {
            out.writeByte('Z');
            return;
        }
        // Seconds, which only offsets of long ago have, are left out as in RFC 3339.
        long minutes = Math.abs(offset) / MILLIS_PER_MINUTE;
        out.writeByte(offset < 0 ? '-' : '+');
        digits(minutes / 60, 2, out);
        if (colon) {
            out.writeByte(':');
        }
        digits(minutes % 60, 2, out);
    }

    private static void text(String text, ByteWriter out) {
        byte[] bytes = text.getBytes(US_ASCII);
        out.writeRaw(bytes, 0, bytes.length);
    }

    /** Reads the field, and says whether it is there. */
    boolean read(TimestampParts parts, int width) {
        return switch (this) {
            case LITERAL -> throw new IllegalStateException("a literal is read as it is");
            case YEAR -> parts.readYear(4);
            case YEAR_OF_CENTURY -> parts.readYear(2);
            case MONTH -> parts.readMonth(width);
            case MONTH_SHORT -> parts.readMonthName(SHORT_NAME);
            case MONTH_LONG -> parts.readMonthName(Integer.MAX_VALUE);
            case DAY -> parts.readDay(width);
            case DAY_OF_YEAR -> parts.readDayOfYear();
            case HOUR -> parts.readHour(width, 0, 23);
            case HOUR_OF_HALF_DAY -> parts.readHour(width, 1, 12);
            case HALF_DAY -> parts.readHalfDay();
            case MINUTE -> parts.readMinute(width);
            case SECOND -> parts.readSecond(width);
            case FRACTION -> parts.readFraction(width);
            case WEEKDAY_SHORT -> parts.readWeekday(SHORT_NAME);
            case WEEKDAY_LONG -> parts.readWeekday(Integer.MAX_VALUE);
            case OFFSET_COLON -> parts.readOffset(true);
            case OFFSET_PLAIN -> parts.readOffset(false);
        };
    }
}
