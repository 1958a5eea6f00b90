package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.time.Times;
import java.time.ZoneId;

/**
 * A family of windows on a grid: tumbling, hopping or cumulating, in UTC or in a time zone.
 *
 * <p>The windows that hold a time {@code t} are those that end at {@code firstEnd(t)}, {@code nextEnd(firstEnd(t))}, … up
 * to {@code lastEnd(t)}, if {@code contains(t)}. For example, windows of 10 min every 5 min with offset 2 min hold 10:15 as
 * [10:07, 10:17) and [10:12, 10:22); their panes are 5 min long.
 *
 * <p>In a zone, steps begin at the instants at which the local clock shows a local time ≡ offset (modulo the step, counted
 * from local 1970-01-01T00:00) or jumps over one. Steps of whole days are local dates: each begins at its first instant, once,
 * so a window of {@code 1d} is the local day, of 23 or 25 hours when clocks change. Of other steps, a local time that is shown
 * twice begins two. A hopping window in a zone spans a fixed number of steps.
 *
 * <p>Equal families are equal objects with equal {@link #canonical} forms. Event times are those that {@link
 * Times#isSupported}; no window holds another time, and other arguments more than {@link Times#DURATION_MAX} outside that
 * range count as the end of it.
 */
public sealed interface Windows permits CumulatingWindows, StepWindows, UnevenWindows {
    /** The most panes that a window may have. */
    int PANES_MAX = 10_000;

    /** The most windows that may hold one event. */
    int WINDOWS_PER_EVENT_MAX = 10_000;

    /** Windows one after another: each begins where the last one ends. */
    static Windows tumbling(long sizeMillis, long offsetMillis) {
        return hopping(sizeMillis, sizeMillis, offsetMillis);
    }

    /** Tumbling windows by the local clock of a zone. */
    static Windows tumbling(long sizeMillis, long offsetMillis, ZoneId zone) {
        return hopping(sizeMillis, sizeMillis, offsetMillis, zone);
    }

    /**
     * Windows of {@code sizeMillis} that begin every {@code hopMillis}. If the hop is larger than the size, there are times
     * that no window holds.
     */
    static Windows hopping(long sizeMillis, long hopMillis, long offsetMillis) {
        requireDuration("size", sizeMillis);
        requireDuration("hop", hopMillis);
        requireAtMost("windows per event", (sizeMillis - 1) / hopMillis + 1, WINDOWS_PER_EVENT_MAX);
        if (sizeMillis % hopMillis == 0) {
            return steps(new FixedGrid(hopMillis, offsetMillis), sizeMillis / hopMillis);
        }
        requireAtMost("panes per window", 2 * (sizeMillis / hopMillis) + 1, PANES_MAX);
        return new UnevenWindows(sizeMillis, hopMillis, offsetMillis);
    }

    /**
     * Hopping windows by the local clock of a zone; the size must be a multiple of the hop where that clock ever changes.
     */
    static Windows hopping(long sizeMillis, long hopMillis, long offsetMillis, ZoneId zone) {
        requireDuration("size", sizeMillis);
        requireDuration("hop", hopMillis);
        Grid grid = Grid.of(hopMillis, offsetMillis, zone);
        if (grid instanceof FixedGrid fixed) {
            return hopping(sizeMillis, hopMillis, fixed.originMillis());
        }
        requireMultiple("size", sizeMillis, "hop", hopMillis, ", for windows follow zone " + zone);
        return steps(grid, sizeMillis / hopMillis);
    }

    /**
     * Windows that begin every {@code sizeMillis} and end at every {@code stepMillis} from there: [0, step), [0, 2 · step),
     * … [0, size).
     */
    static Windows cumulating(long sizeMillis, long stepMillis, long offsetMillis) {
        requireCumulating(sizeMillis, stepMillis);
        return cumulating(
                new FixedGrid(stepMillis, offsetMillis), new FixedGrid(sizeMillis, offsetMillis));
    }

    /** Cumulating windows by the local clock of a zone. */
    static Windows cumulating(long sizeMillis, long stepMillis, long offsetMillis, ZoneId zone) {
        requireCumulating(sizeMillis, stepMillis);
        return cumulating(
                Grid.of(stepMillis, offsetMillis, zone), Grid.of(sizeMillis, offsetMillis, zone));
    }

    /** Whether there are times between windows that none of them holds. */
    default boolean hasGaps() {
        return false;
    }

    /** Whether any window holds {@code time}. */
    default boolean contains(long time) {
        return Times.isSupported(time) && lastEnd(time) > time;
    }

    /** Whether all windows that hold {@code time} begin and end within the range of event times. */
    default boolean isWithinRange(long time) {
        long margin = sizeMillisMax();
        if (time >= Times.MIN + margin && time <= Times.MAX - margin) {
            return true;
        }
        return Times.isSupported(time)
                && (!contains(time)
                        || (Times.isSupported(startOf(firstEnd(time)))
                                && Times.isSupported(lastEnd(time))));
    }

    /** The least end of the windows that hold {@code time}; if none does, the next end after it. */
    long firstEnd(long time);

    /** The greatest end of the windows that hold {@code time}; if none does, an end that is not after it. */
    long lastEnd(long time);

    /** The least window end greater than {@code time}, which need not be an end itself. */
    long nextEnd(long time);

    /** The greatest window end less than {@code time}, which need not be an end itself. */
    long previousEnd(long time);

    /** The start of the window that ends at {@code end}, which must be a window end. */
    long startOf(long end);

    /** The start of the pane that holds {@code time}. Where no window holds it, this is the hole between windows. */
    long paneStart(long time);

    /** The end of the pane that starts at {@code paneStart}, which must be a pane start. */
    long paneEnd(long paneStart);

    /**
     * What cuts time into panes, where every time is in a window, and the first window that holds it ends with its pane: equal
     * for families whose panes are equal. Of other families it is the family.
     */
    default Object panes() {
        return this;
    }

    /** Whether a time may be in more than one window, so that windows share panes. */
    boolean overlap();

    /** The size as it was asked for; a window in a zone may be longer or shorter by a change of the clock. */
    long sizeMillis();

    /** An upper bound of the length of any window, changes of the clock included. */
    long sizeMillisMax();

    /** The family as text that is equal exactly for equal families, for hashes: {@code hop 10m every 5m offset 2m}. */
    String canonical();

    private static Windows steps(Grid grid, long stepCount) {
        requireAtMost("panes per window", stepCount, PANES_MAX);
        return new StepWindows(grid, (int) stepCount);
    }

    private static Windows cumulating(Grid steps, Grid sizes) {
        return steps.equals(sizes)
                ? new StepWindows(steps, 1)
                : new CumulatingWindows(steps, sizes);
    }

    private static void requireCumulating(long sizeMillis, long stepMillis) {
        requireDuration("size", sizeMillis);
        requireDuration("step", stepMillis);
        requireMultiple("size", sizeMillis, "step", stepMillis, "");
        requireAtMost("panes per window", sizeMillis / stepMillis, PANES_MAX);
    }

    private static void requireDuration(String name, long millis) {
        if (millis < 1 || millis > Times.DURATION_MAX) {
            throw new IllegalArgumentException(name + ": " + millis + "ms (expected: 1ms to "
                    + Durations.format(Times.DURATION_MAX) + ")");
        }
    }

    private static void requireMultiple(
            String name, long millis, String stepName, long stepMillis, String why) {
        if (millis % stepMillis != 0) {
            throw new IllegalArgumentException(
                    name + ": " + Durations.format(millis) + " (expected: a multiple of " + stepName
                            + ' ' + Durations.format(stepMillis) + why + ")");
        }
    }

    private static void requireAtMost(String name, long count, int max) {
        if (count > max) {
            throw new IllegalArgumentException(name + ": " + count + " (expected: <= " + max
                    + "; choose a larger hop or step, or a smaller size)");
        }
    }
}
