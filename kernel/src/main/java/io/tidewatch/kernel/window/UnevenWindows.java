package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Durations;

/**
 * Hopping windows whose size is no multiple of the hop. Starts and ends are two grids of the same step; between a boundary
 * of either and the next of either lies a pane, so there are two panes per hop (the <em>paired windows</em> of Krishnamurthy,
 * Wu and Franklin, "On-the-Fly Sharing for Streamed Aggregation", SIGMOD 2006). With a hop larger than the size, every
 * second pane is a hole that no window covers.
 */
record UnevenWindows(long sizeMillis, FixedGrid starts, FixedGrid ends) implements Windows {
    UnevenWindows(long sizeMillis, long hopMillis, long offsetMillis) {
        this(
                sizeMillis,
                new FixedGrid(hopMillis, offsetMillis),
                new FixedGrid(hopMillis, offsetMillis % hopMillis + sizeMillis));
    }

    @Override
    public boolean hasGaps() {
        return starts.stepMillis() > sizeMillis;
    }

    @Override
    public long firstEnd(long time) {
        return ends.after(time, 1);
    }

    @Override
    public long lastEnd(long time) {
        return ends.floor(Grid.clamp(time) + sizeMillis);
    }

    @Override
    public long nextEnd(long time) {
        return ends.after(time, 1);
    }

    @Override
    public long previousEnd(long time) {
        return ends.before(time, 1);
    }

    @Override
    public long startOf(long end) {
        return end - sizeMillis;
    }

    @Override
    public long paneStart(long time) {
        return Math.max(starts.floor(time), ends.floor(time));
    }

    @Override
    public long paneEnd(long paneStart) {
        return Math.min(starts.after(paneStart, 1), ends.after(paneStart, 1));
    }

    @Override
    public boolean overlap() {
        return sizeMillis > starts.stepMillis();
    }

    @Override
    public long sizeMillisMax() {
        return sizeMillis;
    }

    @Override
    public String canonical() {
        return "hop " + Durations.format(sizeMillis) + " every "
                + Durations.format(starts.stepMillis()) + starts.canonicalSuffix();
    }
}
