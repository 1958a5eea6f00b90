package io.tidewatch.alerting;

import org.jspecify.annotations.Nullable;

/**
 * One step of a life cycle.
 *
 * @param startsAt of the episode
 * @param ordinal of the row at which the episode began
 * @param at time of the evaluation
 */
record Change(AlertState from, AlertState to, long startsAt, long ordinal, long at) {
    /** What lies between two states, or null if nothing. */
    static @Nullable Change between(LifeCycle before, LifeCycle after) {
        if (before.state() == after.state()) {
            return null;
        }
        LifeCycle episode = after.isActive() ? after : before;
        boolean resolves = before.state() == AlertState.FIRING && !after.isActive();
        return new Change(
                before.state(),
                resolves ? AlertState.RESOLVED : after.state(),
                episode.startsAt(),
                episode.ordinal(),
                after.at());
    }
}
