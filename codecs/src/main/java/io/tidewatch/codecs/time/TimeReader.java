package io.tidewatch.codecs.time;

import io.tidewatch.kernel.time.Times;

/** Reads times of one {@link TimeFormat}. It remembers the last clock change, so it is for one thread at a time. */
public abstract sealed class TimeReader
        permits EpochReader, PatternReader, Rfc3339Reader, WebLogReader {
    /** What {@link #read} returns for what is not a time; no time within range. */
    public static final long UNREADABLE = Long.MIN_VALUE;

    TimeReader() {}

    /**
     * Reads {@code bytes[start, end)} as a whole.
     *
     * @return milliseconds since the epoch, or {@link #UNREADABLE}
     */
    public abstract long read(byte[] bytes, int start, int end);

    /** Whether a JSON number may be such a time. */
    public boolean readsNumbers() {
        return false;
    }

    /** What was expected, for refusals: {@code an RFC 3339 time with an offset}. */
    public abstract String expectation();

    static long inRange(long millis) {
        return Times.isSupported(millis) ? millis : UNREADABLE;
    }
}
