package io.tidewatch.codecs.time;

/** Reads {@link TimeFormat.WebLog}. */
final class WebLogReader extends TimeReader {
    /** The length of {@code 17/May/2015:10:05:03 +0000}. */
    private static final int LENGTH = 26;

    @Override
    public long read(byte[] bytes, int start, int end) {
        if (end - start != LENGTH || !hasSeparators(bytes, start)) {
            return UNREADABLE;
        }
        int day = Civil.two(bytes, start);
        int month = Civil.month(bytes, start + 3);
        int year = Civil.four(bytes, start + 7);
        int hour = Civil.two(bytes, start + 12);
        int minute = Civil.two(bytes, start + 15);
        int second = Civil.two(bytes, start + 18);
        int offset = Civil.offsetSeconds(bytes, start + 21, end);
        if ((year | hour | minute | second) < 0 || !Civil.isDate(year, month, day)) {
            return UNREADABLE;
        }
        if (hour > 23 || minute > 59 || second > 60 || offset == Civil.NO_OFFSET) {
            return UNREADABLE;
        }
        long local = (long) Civil.epochDay(year, month, day) * Civil.SECONDS_PER_DAY
                + hour * 3600
                + minute * 60;
        return Rfc3339Reader.withSecond(local - offset, second, 0);
    }

    private static boolean hasSeparators(byte[] bytes, int start) {
        return bytes[start + 2] == '/'
                && bytes[start + 6] == '/'
                && bytes[start + 11] == ':'
                && bytes[start + 14] == ':'
                && bytes[start + 17] == ':'
                && bytes[start + 20] == ' ';
    }

    @Override
    public String expectation() {
        return "a web log date (17/May/2015:10:05:03 +0000)";
    }
}
