package io.tidewatch.testkit.twin;

import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.AlertState;
import java.util.ArrayList;
import java.util.List;

/** The life cycle of one alert, by its definition: evaluations in, transitions out. */
final class TwinAlert {
    /** What an evaluation says. */
    enum Signal {
        /** {@code when} is TRUE. */
        HOLDS,
        /** {@code clear} is TRUE and {@code when} is not. */
        CLEAR,
        /** Neither. */
        BETWEEN,
        /** Nothing is known. */
        UNKNOWN
    }

    private static final long NOT_SET = Long.MIN_VALUE;

    private final String name;
    private final long forMillis;
    private final long keepMillis;
    private final List<String> transitions = new ArrayList<>();
    private AlertState state = AlertState.INACTIVE;
    private long startsAt;
    private long clearSince = NOT_SET;
    private long latest = NOT_SET;
    /** When the timer at hand ends. */
    private long timerEnd;

    TwinAlert(String name, AlertPolicy policy) {
        this(name, policy.forMillis(), policy.keepFiringForMillis());
    }

    TwinAlert(String name, long forMillis, long keepMillis) {
        this.name = name;
        this.forMillis = forMillis;
        this.keepMillis = keepMillis;
    }

    static String line(String name, Object from, Object to, long startsAt, long at) {
        return name + " " + from + " -> " + to + " since " + startsAt + " at " + at;
    }

    boolean isActive() {
        return state != AlertState.INACTIVE;
    }

    List<String> transitions() {
        return transitions;
    }

    void evaluate(Signal signal, long at) {
        switch (state) {
            case INACTIVE, RESOLVED -> {
                if (signal == Signal.HOLDS) {
                    begin(at);
                }
            }
            case PENDING -> pending(signal, at);
            case FIRING -> firing(signal, at);
        }
        latest = at;
    }

    /** The key is forgotten. */
    void end(long at) {
        if (isActive()) {
            to(AlertState.INACTIVE, at);
        }
    }

    /** Lets timers ring up to a time; without windows they do so between rows. */
    void ringUpTo(long time) {
        boolean waits =
                state == AlertState.PENDING || state == AlertState.FIRING && clearSince != NOT_SET;
        if (waits && timerEnd <= time) {
            evaluate(state == AlertState.PENDING ? Signal.HOLDS : Signal.CLEAR, timerEnd);
        }
    }

    /** Lets the timer that runs, if one does, stand still for a while. */
    void pause(long millis) {
        timerEnd += millis;
    }

    private void begin(long at) {
        startsAt = at;
        timerEnd = at + forMillis;
        to(forMillis == 0 ? AlertState.FIRING : AlertState.PENDING, at);
    }

    private void pending(Signal signal, long at) {
        switch (signal) {
            case UNKNOWN -> timerEnd += at - latest;
            case CLEAR, BETWEEN -> to(AlertState.INACTIVE, at);
            case HOLDS -> {
                if (at >= timerEnd) {
                    to(AlertState.FIRING, at);
                }
            }
        }
    }

    private void firing(Signal signal, long at) {
        switch (signal) {
            case UNKNOWN -> timerEnd += at - latest;
            case HOLDS, BETWEEN -> clearSince = NOT_SET;
            case CLEAR -> {
                if (clearSince == NOT_SET) {
                    clearSince = at;
                    timerEnd = at + keepMillis;
                }
                if (at >= timerEnd) {
                    to(AlertState.INACTIVE, at);
                }
            }
        }
    }

    private void to(AlertState next, long at) {
        boolean resolves = state == AlertState.FIRING && next == AlertState.INACTIVE;
        transitions.add(line(name, state, resolves ? AlertState.RESOLVED : next, startsAt, at));
        state = next;
        clearSince = NOT_SET;
    }
}
