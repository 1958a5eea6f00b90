package io.tidewatch.kernel.expression;

import java.util.Arrays;
import java.util.List;

/** The fields of a time that are read from one text, from left to right. */
final class TimestampParts {
    private static final int NOT_READ = -1;
    /** Years of two digits from here on are in the twentieth century. */
    private static final int CENTURY_TURN = 70;

    private static final int HOURS_PER_HALF_DAY = 12;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int number;
    private int year;
    private int month = 1;
    private int day = 1;
    private int dayOfYear = NOT_READ;
    private int hour;
    private int halfDay = NOT_READ;
    private int minute;
    private int second;
    private int millis;
    private int weekday = NOT_READ;
    private boolean offsetRead;
    private long offset;

    TimestampParts(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    boolean isAtEnd() {
        return position == end;
    }

    boolean takeLiteral(byte[] literal) {
        boolean there = end - position >= literal.length
                && Arrays.equals(
                        bytes, position, position + literal.length, literal, 0, literal.length);
        position += there ? literal.length : 0;
        return there;
    }

    boolean readYear(int width) {
        boolean read = readNumber(width, width == 2 ? 0 : 1, width == 2 ? 99 : 9_999);
        year = width > 2 ? number : number < CENTURY_TURN ? 2_000 + number : 1_900 + number;
        return read;
    }

    boolean readMonth(int width) {
        boolean read = readNumber(width, 1, 12);
        month = number;
        return read;
    }

    boolean readMonthName(int length) {
        month = readName(TimestampField.MONTHS, length) + 1;
        return month > 0;
    }

    boolean readDay(int width) {
        boolean read = readNumber(width, 1, 31);
        day = number;
        return read;
    }

    boolean readDayOfYear() {
        boolean read = readNumber(3, 1, 366);
        dayOfYear = number;
        return read;
    }

    boolean readHour(int width, int least, int greatest) {
        boolean read = readNumber(width, least, greatest);
        hour = number;
        return read;
    }

    boolean readHalfDay() {
        halfDay = readName(TimestampField.HALVES, 2);
        return halfDay >= 0;
    }

    boolean readMinute(int width) {
        boolean read = readNumber(width, 0, 59);
        minute = number;
        return read;
    }

    boolean readSecond(int width) {
        boolean read = readNumber(width, 0, 59);
        second = number;
        return read;
    }

    boolean readFraction(int width) {
        if (!readNumber(width, 0, 999_999_999)) {
            return false;
        }
        millis = number;
        for (int i = width; i < 3; i++) {
            millis *= 10;
        }
        for (int i = width; i > 3; i--) {
            millis /= 10;
        }
        return true;
    }

    boolean readWeekday(int length) {
        weekday = readName(TimestampField.WEEKDAYS, length) + 1;
        return weekday > 0;
    }

    boolean readOffset(boolean colon) {
        offsetRead = true;
        if (colon && position < end && bytes[position] == 'Z') {
            position++;
            return true;
        }
        if (position == end || bytes[position] != '+' && bytes[position] != '-') {
            return false;
        }
        int sign = bytes[position++] == '-' ? -1 : 1;
        if (!readNumber(2, 0, 23)) {
            return false;
        }
        int hours = number;
        if (colon && (position == end || bytes[position++] != ':')) {
            return false;
        }
        boolean read = readNumber(2, 0, 59);
        offset = sign * (hours * 60L + number) * 60_000;
        return read;
    }

    /** The time that the fields say together, or {@link TimestampPattern#NO_MATCH}. */
    long time(Zone zone) {
        boolean byYear = dayOfYear != NOT_READ;
        if (byYear
                ? dayOfYear > (Calendar.isLeapYear(year) ? 366 : 365)
                : day > Calendar.daysInMonth(year, month)) {
            return TimestampPattern.NO_MATCH;
        }
        long days = byYear
                ? Calendar.daysOf(year, 1, 1) + dayOfYear - 1
                : Calendar.daysOf(year, month, day);
        if (weekday != NOT_READ && weekday != Calendar.isoDayOfWeek(days)) {
            return TimestampPattern.NO_MATCH;
        }
        int hourOfDay = halfDay == NOT_READ
                ? hour
                : hour % HOURS_PER_HALF_DAY + halfDay * HOURS_PER_HALF_DAY;
        long local = days * Calendar.MILLIS_PER_DAY
                + ((hourOfDay * 60L + minute) * 60 + second) * 1_000
                + millis;
        return offsetRead ? local - offset : zone.instantOf(local);
    }

    /** Exactly {@code width} digits, or one or two if it is 1. */
    private boolean readNumber(int width, int least, int greatest) {
        int start = position;
        int widthMax = width == 1 && greatest < 100 ? 2 : width;
        number = 0;
        while (position < end && position - start < widthMax && isDigit(bytes[position])) {
            number = number * 10 + bytes[position++] - '0';
        }
        return position - start >= width && number >= least && number <= greatest;
    }

    /** The place of the name that stands here, in letters of either case, or −1. */
    private int readName(List<String> names, int lengthMax) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int length = Math.min(lengthMax, name.length());
            if (end - position >= length && isHere(name, length)) {
                position += length;
                return i;
            }
        }
        return -1;
    }

    private boolean isHere(String name, int length) {
        for (int i = 0; i < length; i++) {
            if ((bytes[position + i] | 0x20) != (name.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }
}
