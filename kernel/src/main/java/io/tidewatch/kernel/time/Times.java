package io.tidewatch.kernel.time;

import io.tidewatch.kernel.expression.Calendar;

/** Arithmetic on times and durations in milliseconds; what would overflow stays at the end of the range. */
public final class Times {
    /** The least event time, which is the least TIMESTAMP, 0001-01-01T00:00:00.000Z. */
    public static final long MIN = Calendar.TIMESTAMP_MIN;

    /** The greatest event time, 9999-12-31T23:59:59.999Z. */
    public static final long MAX = Calendar.TIMESTAMP_MAX;

    /** The longest duration, which is the distance from {@link #MIN} to {@link #MAX}. */
    public static final long DURATION_MAX = MAX - MIN;

    /** The watermark of a partition that no event and no tick has reached yet: it has passed no time. */
    public static final long BEGINNING = Long.MIN_VALUE;

    private Times() {}

    /** Whether an event may have this time. */
    public static boolean isSupported(long time) {
        return Calendar.isTimestamp(time);
    }

    /** The time nearest to {@code time} in {@code [least, greatest]}. */
    public static long clamp(long time, long least, long greatest) {
        return Math.max(least, Math.min(greatest, time));
    }

    /** {@code time + duration}, at most {@link Long#MAX_VALUE} and at least {@link Long#MIN_VALUE}. */
    public static long addClamped(long time, long duration) {
        long sum = time + duration;
        // An overflow has the sign that neither operand has.
        return ((time ^ sum) & (duration ^ sum)) < 0 ? endOf(time) : sum;
    }

    /** {@code time − duration}, at most {@link Long#MAX_VALUE} and at least {@link Long#MIN_VALUE}. */
    public static long subtractClamped(long time, long duration) {
        long difference = time - duration;
        return ((time ^ duration) & (time ^ difference)) < 0 ? endOf(time) : difference;
    }

    /** {@code duration · factor}, at most {@link Long#MAX_VALUE} and at least {@link Long#MIN_VALUE}. */
    public static long multiplyClamped(long duration, long factor) {
        long high = Math.multiplyHigh(duration, factor);
        long low = duration * factor;
        return high == low >> 63 ? low : endOf(high);
    }

    private static long endOf(long sign) {
        return sign < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
