package io.tidewatch.codecs.time;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads {@link TimeFormat.Rfc3339}. */
final class Rfc3339Reader extends TimeReader {
    /** The length of {@code 2015-05-17T10:05:03}. */
    private static final int LOCAL_LENGTH = 19;

    private final @Nullable LocalClock clock;

    Rfc3339Reader(@Nullable ZoneId zone) {
        this.clock = zone == null ? null : new LocalClock(zone);
    }

    @Override
    public long read(byte[] bytes, int start, int end) {
        if (end - start < LOCAL_LENGTH || !hasSeparators(bytes, start)) {
            return UNREADABLE;
        }
        int year = Civil.four(bytes, start);
        int month = Civil.two(bytes, start + 5);
        int day = Civil.two(bytes, start + 8);
        int hour = Civil.two(bytes, start + 11);
        int minute = Civil.two(bytes, start + 14);
        int second = Civil.two(bytes, start + 17);
        if ((year | hour | minute | second) < 0 || !Civil.isDate(year, month, day)) {
            return UNREADABLE;
        }
        if (hour > 23 || minute > 59 || second > 60) {
            return UNREADABLE;
        }
        int offsetAt = endOfFraction(bytes, start + LOCAL_LENGTH, end);
        if (offsetAt < 0) {
            return UNREADABLE;
        }
        int millis = millis(bytes, start + LOCAL_LENGTH, offsetAt);
        long local = (long) Civil.epochDay(year, month, day) * Civil.SECONDS_PER_DAY
                + hour * 3600
                + minute * 60;
        long utcMinute = utc(bytes, offsetAt, end, local);
        return utcMinute == UNREADABLE ? UNREADABLE : withSecond(utcMinute, second, millis);
    }

    private static boolean hasSeparators(byte[] bytes, int start) {
        byte t = bytes[start + 10];
        return bytes[start + 4] == '-'
                && bytes[start + 7] == '-'
                && (t == 'T' || t == ' ' || t == 't')
                && bytes[start + 13] == ':'
                && bytes[start + 16] == ':';
    }

    private static int endOfFraction(byte[] bytes, int at, int end) {
        if (at == end || (bytes[at] != '.' && bytes[at] != ',')) {
            return at;
        }
        int digit = at + 1;
        while (digit < end && bytes[digit] >= '0' && bytes[digit] <= '9') {
            digit++;
        }
        return digit == at + 1 ? -1 : digit;
    }

    /** Milliseconds of the fraction in {@code bytes[start, end)}, which begins with its point unless it is empty. */
    private static int millis(byte[] bytes, int start, int end) {
        int millis = 0;
        for (int i = 1; i <= 3; i++) {
            millis = millis * 10 + (start + i < end ? bytes[start + i] - '0' : 0);
        }
        return millis;
    }

    private long utc(byte[] bytes, int at, int end, long local) {
        if (end - at == 1 && (bytes[at] == 'Z' || bytes[at] == 'z')) {
            return local;
        }
        if (at == end) {
            return clock == null ? UNREADABLE : clock.epochSecond(local);
        }
        int offset = Civil.offsetSeconds(bytes, at, end);
        return offset == Civil.NO_OFFSET ? UNREADABLE : local - offset;
    }

    /** Adds the second and the fraction to the start of a minute; second 60 ends only the last minute of a UTC day. */
    static long withSecond(long utcMinute, int second, int millis) {
        if (second < 60) {
            return inRange((utcMinute + second) * 1000 + millis);
        }
        boolean endsDay =
                Math.floorMod(utcMinute, Civil.SECONDS_PER_DAY) == Civil.SECONDS_PER_DAY - 60;
        return endsDay ? inRange((utcMinute + 59) * 1000 + 999) : UNREADABLE;
    }

    @Override
    public String expectation() {
        return clock == null ? "an RFC 3339 time with an offset" : "an RFC 3339 time";
    }
}
