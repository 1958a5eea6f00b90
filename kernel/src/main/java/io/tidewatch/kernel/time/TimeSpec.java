package io.tidewatch.kernel.time;

/**
 * The time settings of a stream. All durations are milliseconds.
 *
 * @param outOfOrderMillis how far behind the greatest event time of its partition an event may come and be on time; ≥ 0
 * @param allowedLatenessMillis how long after its end a window still takes events, as amendments; ≥ 0
 * @param amendEveryMillis how much watermark one amendment of a window spans; &gt; 0 if lateness is allowed, else 0
 * @param idleMillis how long a partition may be silent before a tick moves its watermark; ≥ 1
 * @param aheadMillis how far beyond its receive time an event may lie; what lies farther is set aside as future; ≥ 0
 */
public record TimeSpec(
        long outOfOrderMillis,
        long allowedLatenessMillis,
        long amendEveryMillis,
        long idleMillis,
        long aheadMillis) {
    /** The most amendments that a window may have, which bounds the buckets it keeps. */
    public static final int AMENDMENTS_MAX = 10_000;

    private static final long OUT_OF_ORDER_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 10_000;
    private static final long AHEAD_MILLIS = 600_000;

    public TimeSpec {
        require("out_of_order", outOfOrderMillis, 0);
        require("allowed_lateness", allowedLatenessMillis, 0);
        require("idle", idleMillis, 1);
        require("ahead", aheadMillis, 0);
        if (allowedLatenessMillis == 0) {
            if (amendEveryMillis != 0) {
                throw new IllegalArgumentException(
                        "amend_every: " + shown(amendEveryMillis)
                                + " (expected: nothing, for without allowed_lateness no window is amended)");
            }
        } else {
            require("amend_every", amendEveryMillis, 1);
            requireFewAmendments(allowedLatenessMillis, amendEveryMillis);
        }
    }

    /** Out of order 5 s, no lateness, idle after 10 s, ahead 10 min. */
    public static TimeSpec defaults() {
        return new TimeSpec(OUT_OF_ORDER_MILLIS, 0, 0, IDLE_MILLIS, AHEAD_MILLIS);
    }

    /** These settings with another {@code out_of_order}. */
    public TimeSpec withOutOfOrder(long millis) {
        return new TimeSpec(
                millis, allowedLatenessMillis, amendEveryMillis, idleMillis, aheadMillis);
    }

    /** These settings with lateness allowed and one amendment at its end. */
    public TimeSpec withAllowedLateness(long millis) {
        return withAllowedLateness(millis, millis);
    }

    /** These settings with lateness allowed and an amendment every {@code amendEveryMillis}. */
    public TimeSpec withAllowedLateness(long millis, long amendEveryMillis) {
        return new TimeSpec(outOfOrderMillis, millis, amendEveryMillis, idleMillis, aheadMillis);
    }

    /** These settings with another {@code idle}. */
    public TimeSpec withIdle(long millis) {
        return new TimeSpec(
                outOfOrderMillis, allowedLatenessMillis, amendEveryMillis, millis, aheadMillis);
    }

    /** These settings with another {@code ahead}. */
    public TimeSpec withAhead(long millis) {
        return new TimeSpec(
                outOfOrderMillis, allowedLatenessMillis, amendEveryMillis, idleMillis, millis);
    }

    /** How the events of this stream are judged. */
    public Lateness lateness() {
        return Lateness.of(this);
    }

    /** Whether an event lies more than {@code ahead} beyond the receive time of its record. */
    public boolean isFuture(long eventTime, long receiveTime) {
        return eventTime > Times.addClamped(receiveTime, aheadMillis);
    }

    private static void require(String name, long millis, long least) {
        if (millis < least || millis > Times.DURATION_MAX) {
            throw new IllegalArgumentException(name + ": " + shown(millis) + " (expected: "
                    + Durations.format(least) + " to " + Durations.format(Times.DURATION_MAX)
                    + ")");
        }
    }

    private static void requireFewAmendments(long allowedLatenessMillis, long amendEveryMillis) {
        long amendments = (allowedLatenessMillis - 1) / amendEveryMillis + 1;
        if (amendments > AMENDMENTS_MAX) {
            long least = (allowedLatenessMillis - 1) / AMENDMENTS_MAX + 1;
            throw new IllegalArgumentException("amend_every: " + Durations.format(amendEveryMillis)
                    + " (expected: >= " + Durations.format(least) + ", for allowed_lateness is "
                    + Durations.format(allowedLatenessMillis) + " and a window has at most "
                    + AMENDMENTS_MAX + " amendments)");
        }
    }

    private static String shown(long millis) {
        return millis < 0 ? millis + "ms" : Durations.format(millis);
    }
}
