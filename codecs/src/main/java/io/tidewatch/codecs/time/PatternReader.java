package io.tidewatch.codecs.time;

import io.tidewatch.codecs.time.PatternElement.Kind;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link TimeFormat.Pattern}. The letters mean what they mean to {@link java.time.format.DateTimeFormatter}, with
 * English names in any case, and numbers of exactly the stated digits (one letter: one or two digits). A space in the
 * pattern stands for one or more. A part of the time of day without a letter is zero.
 */
final class PatternReader extends TimeReader {
    private static final String[] MONTHS = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"
    };
    private static final String[] WEEKDAYS = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    };
    private static final int SHORT = 3;
    private static final int NO_WEEKDAY = -1;
    private static final int FAILED = -1;

    private final String pattern;
    private final PatternElement[] elements;
    private final @Nullable LocalClock clock;
    private final int defaultYear;

    private int at;
    private int year;
    private int month;
    private int day;
    private int weekday;
    private int halfDay;
    private int hour;
    private int hourOfHalfDay;
    private int minute;
    private int second;
    private int millis;
    private int offset;

    PatternReader(String pattern, @Nullable ZoneId zone, @Nullable Integer year) {
        this.pattern = pattern;
        List<PatternElement> parsed = PatternElement.parse(pattern);
        List<Kind> kinds = parsed.stream().map(PatternElement::kind).toList();
        boolean hasOffset = kinds.contains(Kind.OFFSET) || kinds.contains(Kind.OFFSET_OR_Z);
        boolean hasYear = kinds.contains(Kind.YEAR) || kinds.contains(Kind.YEAR_OF_CENTURY);
        boolean hasMonth = kinds.contains(Kind.MONTH)
                || kinds.contains(Kind.MONTH_SHORT)
                || kinds.contains(Kind.MONTH_FULL);
        require(hasMonth && kinds.contains(Kind.DAY), "a month and a day are needed");
        require(
                hasYear != (year != null),
                hasYear
                        ? "it has a year, so remove the option 'year'"
                        : "it has no year, so the option 'year' is needed");
        require(
                hasOffset != (zone != null),
                hasOffset
                        ? "it has an offset, so remove the option 'zone'"
                        : "it has no offset, so the option 'zone' is needed");
        require(
                kinds.contains(Kind.HALF_DAY) == kinds.contains(Kind.HOUR_OF_HALF_DAY),
                "'h' and 'a' need one another");
        require(
                !(kinds.contains(Kind.HOUR) && kinds.contains(Kind.HOUR_OF_HALF_DAY)),
                "it has both 'H' and 'h'");
        require(year == null || (year >= 1 && year <= 9999), "the year must be from 1 to 9999");
        this.elements = parsed.toArray(new PatternElement[0]);
        this.clock = zone == null ? null : new LocalClock(zone);
        this.defaultYear = year == null ? 0 : year;
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw PatternElement.invalid(pattern, problem);
        }
    }

    @Override
    public long read(byte[] bytes, int start, int end) {
        reset(start);
        for (PatternElement element : elements) {
            if (!readElement(element, bytes, end)) {
                return UNREADABLE;
            }
        }
        return at == end ? resolve() : UNREADABLE;
    }

    private void reset(int start) {
        at = start;
        year = defaultYear;
        weekday = NO_WEEKDAY;
        halfDay = FAILED;
        hour = 0;
        minute = 0;
        second = 0;
        millis = 0;
        offset = 0;
    }

    private boolean readElement(PatternElement element, byte[] bytes, int end) {
        return switch (element.kind()) {
            case YEAR -> (year = number(element, bytes, end)) >= 0;
            case YEAR_OF_CENTURY -> (year = 2000 + number(element, bytes, end)) >= 2000;
            case MONTH -> (month = number(element, bytes, end)) >= 0;
            case MONTH_SHORT -> (month = 1 + name(MONTHS, true, bytes, end)) > 0;
            case MONTH_FULL -> (month = 1 + name(MONTHS, false, bytes, end)) > 0;
            case DAY -> (day = number(element, bytes, end)) >= 0;
            case WEEKDAY_SHORT -> (weekday = name(WEEKDAYS, true, bytes, end)) >= 0;
            case WEEKDAY_FULL -> (weekday = name(WEEKDAYS, false, bytes, end)) >= 0;
            case HALF_DAY -> (halfDay = halfDay(bytes, end)) >= 0;
            case HOUR -> (hour = number(element, bytes, end)) >= 0;
            case HOUR_OF_HALF_DAY -> (hourOfHalfDay = number(element, bytes, end)) >= 0;
            case MINUTE -> (minute = number(element, bytes, end)) >= 0;
            case SECOND -> (second = number(element, bytes, end)) >= 0;
            case FRACTION -> fraction(element, bytes, end);
            case OFFSET, OFFSET_OR_Z -> offset(element, bytes, end);
            case SPACE -> spaces(bytes, end);
            case LITERAL -> literal(element.text(), bytes, end);
        };
    }

    private int number(PatternElement element, byte[] bytes, int end) {
        int value = 0;
        int digits = 0;
        while (digits < element.max() && at < end && isDigit(bytes[at])) {
            value = value * 10 + (bytes[at] - '0');
            at++;
            digits++;
        }
        return digits < element.min() ? FAILED : value;
    }

    private boolean fraction(PatternElement element, byte[] bytes, int end) {
        int start = at;
        if (number(element, bytes, end) < 0) {
            return false;
        }
        for (int i = 0; i < 3; i++) {
            millis = millis * 10 + (start + i < at ? bytes[start + i] - '0' : 0);
        }
        return true;
    }

    private int name(String[] names, boolean isShort, byte[] bytes, int end) {
        for (int i = 0; i < names.length; i++) {
            int length = isShort ? SHORT : names[i].length();
            if (matches(names[i], length, bytes, end)) {
                at += length;
                return i;
            }
        }
        return FAILED;
    }

    private boolean matches(String name, int length, byte[] bytes, int end) {
        if (end - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((bytes[at + i] | 0x20) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int halfDay(byte[] bytes, int end) {
        if (end - at < 2 || (bytes[at + 1] | 0x20) != 'm') {
            return FAILED;
        }
        int half = bytes[at] | 0x20;
        at += 2;
        return half == 'a' ? 0 : half == 'p' ? 1 : FAILED;
    }

    private boolean offset(PatternElement element, byte[] bytes, int end) {
        if (element.kind() == Kind.OFFSET_OR_Z && at < end && bytes[at] == 'Z') {
            at++;
            return true;
        }
        int length = element.max();
        int shorter = at + 1 + element.min();
        if (element.min() < length && (shorter >= end || !isDigit(bytes[shorter]))) {
            length = element.min();
        }
        int next = at + 1 + length;
        if (next <= end) {
            offset = length == 2 ? hours(bytes) : Civil.offsetSeconds(bytes, at, next);
            at = next;
            return offset != Civil.NO_OFFSET;
        }
        return false;
    }

    private int hours(byte[] bytes) {
        int hours = Civil.two(bytes, at + 1);
        if (hours < 0 || hours > 18 || (bytes[at] != '+' && bytes[at] != '-')) {
            return Civil.NO_OFFSET;
        }
        return bytes[at] == '-' ? -hours * 3600 : hours * 3600;
    }

    private boolean spaces(byte[] bytes, int end) {
        int start = at;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        return at > start;
    }

    private boolean literal(String text, byte[] bytes, int end) {
        if (end - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        at += text.length();
        return true;
    }

    private long resolve() {
        if (halfDay >= 0) {
            if (hourOfHalfDay < 1 || hourOfHalfDay > 12) {
                return UNREADABLE;
            }
            hour = hourOfHalfDay % 12 + 12 * halfDay;
        }
        if (hour > 23 || minute > 59 || second > 59 || !Civil.isDate(year, month, day)) {
            return UNREADABLE;
        }
        long epochDay = Civil.epochDay(year, month, day);
        // 1970-01-01 was a Thursday, which stands at index 3.
        if (weekday != NO_WEEKDAY && Math.floorMod(epochDay + 3, 7) != weekday) {
            return UNREADABLE;
        }
        long local = epochDay * Civil.SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
        long epochSecond = clock == null ? local - offset : clock.epochSecond(local);
        return inRange(epochSecond * 1000 + millis);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    @Override
    public String expectation() {
        return "a time like '" + pattern + "'";
    }
}
