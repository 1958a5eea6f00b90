package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Durations;

/**
 * Windows that begin at the boundaries of one grid and end at those of a finer one. Each fine step is a pane.
 *
 * @param steps where windows end
 * @param sizes where windows begin; every boundary of it is one of {@code steps}
 */
record CumulatingWindows(Grid steps, Grid sizes) implements Windows {
    @Override
    public long firstEnd(long time) {
        return steps.after(time, 1);
    }

    @Override
    public long lastEnd(long time) {
        return sizes.after(time, 1);
    }

    @Override
    public long nextEnd(long time) {
        return steps.after(time, 1);
    }

    @Override
    public long previousEnd(long time) {
        return steps.before(time, 1);
    }

    @Override
    public long startOf(long end) {
        return sizes.before(end, 1);
    }

    @Override
    public long paneStart(long time) {
        return steps.floor(time);
    }

    @Override
    public long paneEnd(long paneStart) {
        return steps.after(paneStart, 1);
    }

    @Override
    public Object panes() {
        return steps;
    }

    @Override
    public long sizeMillis() {
        return sizes.stepMillis();
    }

    @Override
    public boolean overlap() {
        return true;
    }

    @Override
    public long sizeMillisMax() {
        return sizes.lengthMillisMax(1);
    }

    @Override
    public String canonical() {
        return "cumulate " + Durations.format(sizes.stepMillis()) + " step "
                + Durations.format(steps.stepMillis()) + sizes.canonicalSuffix();
    }
}
