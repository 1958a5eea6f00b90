package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Durations;

/**
 * Windows of whole steps of a grid: tumbling ones of one step, and hopping ones of several. Each step is a pane.
 *
 * @param stepCount steps per window, 1 or more
 */
record StepWindows(Grid grid, int stepCount) implements Windows {
    @Override
    public long firstEnd(long time) {
        return grid.after(time, 1);
    }

    @Override
    public long lastEnd(long time) {
        return grid.after(time, stepCount);
    }

    @Override
    public long nextEnd(long time) {
        return grid.after(time, 1);
    }

    @Override
    public long previousEnd(long time) {
        return grid.before(time, 1);
    }

    @Override
    public long startOf(long end) {
        return grid.before(end, stepCount);
    }

    @Override
    public long paneStart(long time) {
        return grid.floor(time);
    }

    @Override
    public long paneEnd(long paneStart) {
        return grid.after(paneStart, 1);
    }

    @Override
    public Object panes() {
        return grid;
    }

    @Override
    public long sizeMillis() {
        return stepCount * grid.stepMillis();
    }

    @Override
    public boolean overlap() {
        return stepCount > 1;
    }

    @Override
    public long sizeMillisMax() {
        return grid.lengthMillisMax(stepCount);
    }

    @Override
    public String canonical() {
        String size = Durations.format(sizeMillis());
        String shape = stepCount == 1
                ? "tumble " + size
                : "hop " + size + " every " + Durations.format(grid.stepMillis());
        return shape + grid.canonicalSuffix();
    }
}
