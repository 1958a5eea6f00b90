package io.tidewatch.kernel.time;

/**
 * Decides to which revision of a window an event belongs, by the watermark of the event's own partition before the event.
 *
 * <p>With watermark <em>w</em> and window end <em>end</em>: w &lt; end is on time, revision 0. From there on every {@code
 * amend_every} of watermark is one more revision, and from w ≥ end + {@code allowed_lateness} the event is late.
 *
 * <p>Example: with {@code allowed_lateness} 10 s and {@code amend_every} 4 s, a window that ends at 60 s takes events of
 * revision 1 while 60 ≤ w &lt; 64, of revision 2 while 64 ≤ w &lt; 68, and of revision 3 while 68 ≤ w &lt; 70. They are
 * due at 64, 68 and 72 s.
 *
 * @param allowedLatenessMillis 0 if events behind the watermark are late at once
 * @param amendEveryMillis &gt; 0 if lateness is allowed
 */
public record Lateness(long allowedLatenessMillis, long amendEveryMillis) {
    public Lateness {
        if (allowedLatenessMillis < 0) {
            throw new IllegalArgumentException(
                    "allowedLatenessMillis: " + allowedLatenessMillis + " (expected: >= 0)");
        }
        if (allowedLatenessMillis > 0 && amendEveryMillis < 1) {
            throw new IllegalArgumentException(
                    "amendEveryMillis: " + amendEveryMillis + " (expected: >= 1)");
        }
    }

    public static Lateness of(TimeSpec spec) {
        return new Lateness(spec.allowedLatenessMillis(), spec.amendEveryMillis());
    }

    /** Whether an event comes too late for the window that ends at {@code end}. */
    public boolean isLate(long watermark, long end) {
        return watermark >= Times.addClamped(end, allowedLatenessMillis);
    }

    /**
     * The revision that an event belongs to: 0 if it is on time, else 1 to {@link #lastRevision()}.
     *
     * @throws IllegalArgumentException if the event {@linkplain #isLate is late}
     */
    public int revision(long watermark, long end) {
        if (watermark < end) {
            return 0;
        }
        if (isLate(watermark, end)) {
            throw new IllegalArgumentException(
                    "watermark: " + watermark + " (expected: an event that is not late)");
        }
        return (int) (1 + (watermark - end) / amendEveryMillis);
    }

    /** The greatest revision that any event may belong to; 0 if no lateness is allowed. */
    public int lastRevision() {
        return allowedLatenessMillis == 0
                ? 0
                : (int) (1 + (allowedLatenessMillis - 1) / amendEveryMillis);
    }

    /** The time that the least watermark of all partitions must pass before a revision is emitted. */
    public long dueTime(long end, int revision) {
        return Times.addClamped(end, Times.multiplyClamped(amendEveryMillis, revision));
    }

    /** The time after which nothing of a window is due: {@link #dueTime} of the last revision. */
    public long lastDueTime(long end) {
        return dueTime(end, lastRevision());
    }

    /**
     * Whether an event is late where windows do not decide: without windows, and for sessions. Such events have no
     * amendments, whatever lateness is allowed.
     */
    public static boolean isBehind(long watermark, long eventTime) {
        return eventTime < watermark;
    }
}
