package io.tidewatch.kernel.window;

import io.tidewatch.kernel.time.Durations;

/**
 * Boundaries at a fixed distance: the instants ≡ origin (modulo step).
 *
 * @param stepMillis 1 or more
 * @param originMillis any on the way in; reduced to {@code [0, stepMillis)}
 */
record FixedGrid(long stepMillis, long originMillis) implements Grid {
    FixedGrid {
        originMillis = Math.floorMod(originMillis, stepMillis);
    }

    @Override
    public long floor(long time) {
        long bounded = Grid.clamp(time);
        return bounded - Math.floorMod(bounded - originMillis, stepMillis);
    }

    @Override
    public long after(long time, int count) {
        return floor(time) + count * stepMillis;
    }

    @Override
    public long before(long time, int count) {
        return floor(Grid.clamp(time) - 1) - (count - 1) * stepMillis;
    }

    @Override
    public long lengthMillisMax(int count) {
        return count * stepMillis;
    }

    @Override
    public String canonicalSuffix() {
        return originMillis == 0 ? "" : " offset " + Durations.format(originMillis);
    }
}
