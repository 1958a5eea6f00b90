package io.tidewatch.alerting;

import io.tidewatch.kernel.time.Times;

/**
 * The state of one alert, and the one pure function that moves it: {@link #evaluate}.
 *
 * @param state inactive, pending or firing
 * @param startsAt time of the first evaluation of the episode at which the condition held; of no meaning while inactive
 * @param ordinal of the row at which the episode began, among the rows of its key and time
 * @param isClearing whether the alert fires without its condition, because of {@code keep_firing_for}
 * @param timerFrom when the timer that runs began: {@code for} while pending, {@code keep_firing_for} while clearing
 * @param pausedMillis how long that timer stood still
 * @param at time of the latest evaluation
 */
record LifeCycle(
        AlertState state,
        long startsAt,
        long ordinal,
        boolean isClearing,
        long timerFrom,
        long pausedMillis,
        long at) {
    /** A time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    static LifeCycle inactive(long at) {
        return new LifeCycle(AlertState.INACTIVE, at, 0, false, at, 0, at);
    }

    boolean isActive() {
        return state != AlertState.INACTIVE;
    }

    /**
     * The state after an evaluation at {@code time}, which is not before {@link #at}. At most one transition lies between
     * the two.
     *
     * @param row the ordinal of the row that is evaluated, 0 if there is none
     */
    LifeCycle evaluate(Timers timers, Signal signal, long time, long row) {
        if (signal == Signal.KEEP) {
            return standStill(time);
        }
        return switch (state) {
            case INACTIVE, RESOLVED ->
                signal == Signal.HOLDS ? begin(timers, time, row) : inactive(time);
            case PENDING -> signal == Signal.HOLDS ? pending(timers, time) : inactive(time);
            case FIRING -> signal == Signal.CLEAR ? clearing(timers, time) : firing(time);
        };
    }

    /** The same, with the timer that runs standing still for a while. */
    LifeCycle paused(long millis) {
        return new LifeCycle(
                state, startsAt, ordinal, isClearing, timerFrom, pausedMillis + millis, at);
    }

    /** The state after a timer rang at {@code time}, with the condition as it was at the latest row. */
    LifeCycle ring(Timers timers, long time) {
        return evaluate(timers, standing(), time, 0);
    }

    /** The earliest time at which a timer rings; {@link #NEVER} if none runs. */
    long timerEnd(Timers timers) {
        if (state == AlertState.PENDING) {
            return timerEnd(timers.forMillis());
        }
        return isClearing ? timerEnd(timers.keepFiringForMillis()) : NEVER;
    }

    /**
     * From when on evaluations that all give {@code signal} do more than to say again what is known: all earlier ones may be
     * left out, or be made as one at the latest of their times.
     */
    long nextChange(Timers timers, Signal signal) {
        long next = Times.addClamped(at, 1);
        return switch (signal) {
            case KEEP -> NEVER;
            case HOLDS ->
                switch (state) {
                    case INACTIVE, RESOLVED -> next;
                    case PENDING -> timerEnd(timers);
                    case FIRING -> isClearing ? next : NEVER;
                };
            case CLEAR, HOVER ->
                switch (state) {
                    case INACTIVE, RESOLVED -> NEVER;
                    case PENDING -> next;
                    case FIRING -> isClearing && signal == Signal.CLEAR ? timerEnd(timers) : next;
                };
        };
    }

    private Signal standing() {
        if (state == AlertState.PENDING) {
            return Signal.HOLDS;
        }
        return isClearing ? Signal.CLEAR : Signal.HOVER;
    }

    private long timerEnd(long millis) {
        return Times.addClamped(Times.addClamped(timerFrom, pausedMillis), millis);
    }

    private LifeCycle begin(Timers timers, long time, long row) {
        AlertState next = timers.forMillis() == 0 ? AlertState.FIRING : AlertState.PENDING;
        return new LifeCycle(next, time, row, false, time, 0, time);
    }

    private LifeCycle pending(Timers timers, long time) {
        return time >= timerEnd(timers.forMillis())
                ? firing(time)
                : new LifeCycle(state, startsAt, ordinal, false, timerFrom, pausedMillis, time);
    }

    private LifeCycle firing(long time) {
        return new LifeCycle(AlertState.FIRING, startsAt, ordinal, false, time, 0, time);
    }

    private LifeCycle clearing(Timers timers, long time) {
        LifeCycle cleared = new LifeCycle(
                state,
                startsAt,
                ordinal,
                true,
                isClearing ? timerFrom : time,
                isClearing ? pausedMillis : 0,
                time);
        return time >= cleared.timerEnd(timers.keepFiringForMillis()) ? inactive(time) : cleared;
    }

    private LifeCycle standStill(long time) {
        if (!isActive()) {
            return inactive(time);
        }
        return new LifeCycle(
                state, startsAt, ordinal, isClearing, timerFrom, pausedMillis + (time - at), time);
    }
}
