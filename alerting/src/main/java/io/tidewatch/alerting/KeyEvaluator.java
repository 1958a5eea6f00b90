package io.tidewatch.alerting;

import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.AlertTiming.Windowed;
import io.tidewatch.alerting.Announcer.Occasion;
import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.kernel.time.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates the alerts of one key at one time, and emits what changes. */
final class KeyEvaluator {
    private final AlertSpec spec;
    private final Announcer announcer;
    private final Timers timers;
    private final @Nullable Absence absence;

    KeyEvaluator(AlertSpec spec, Announcer announcer) {
        this.spec = spec;
        this.announcer = announcer;
        this.timers = spec.policy().timers();
        this.absence = spec.policy().absence();
    }

    /** The key has a row. */
    void row(KeyState key, EvaluatedRow row, long time, AlertSink out) {
        Occasion occasion = occasion(Cause.ROW, time, row.sample());
        if (row.signal() == Signal.HOLDS) {
            key.latestValues = row.sample().values();
        }
        if (spec.timing() instanceof Windowed windowed) {
            catchUp(key, windowed.windows().previousEnd(time));
            condition(key, evaluated(key, row, time), occasion, out);
        } else if (row.signal() != Signal.KEEP) {
            // Without windows, a row that could not be computed is as if it were not there.
            condition(key, evaluated(key, row, time), occasion, out);
        }
        see(key, row, time);
        absence(key, occasion, out);
    }

    /** The key has no row in a window, or a timer rang. */
    void alone(KeyState key, long time, AlertSink out) {
        if (!key.isKnown()) {
            return;
        }
        if (spec.timing() instanceof Windowed windowed) {
            Sample none = Sample.none(windowed.windows().startOf(time));
            Occasion occasion = occasion(Cause.NO_ROW, time, none);
            Signal signal = spec.policy().noData().signal();
            condition(key, key.condition.evaluate(timers, signal, time, 0), occasion, out);
            absence(key, occasion, out);
        } else {
            Occasion occasion = occasion(Cause.TIMER, time, Sample.none(time));
            if (key.condition.timerEnd(timers) <= time) {
                condition(key, key.condition.ring(timers, time), occasion, out);
            }
            absence(key, occasion, out);
        }
        forget(key, time, out);
    }

    /** The key has no row in a window that has an overflow row, so that nothing is known of it. */
    void standStill(KeyState key, long time, Windowed windowed) {
        if (time <= key.condition.at()) {
            return; // The key is expected from a later time on.
        }
        long previous = windowed.windows().previousEnd(time);
        catchUp(key, previous);
        key.condition = key.condition.evaluate(timers, Signal.KEEP, time, 0);
        if (key.isExpected()) {
            long since = Math.max(previous, key.expectedFrom);
            key.seenUntil = Times.addClamped(key.seenUntil, Math.max(0, time - since));
        }
    }

    /** Nothing is known of the key for a stretch of time, in which no timer of it goes on. */
    void pause(KeyState key, long millis) {
        if (key.condition.timerEnd(timers) != LifeCycle.NEVER) {
            key.condition = key.condition.paused(millis);
        }
    }

    /** When to look at the key again, if it has no row before; after {@code time}. */
    long nextWake(KeyState key, long time) {
        long next = LifeCycle.NEVER;
        if (!spec.isWindowed()) {
            next = key.condition.timerEnd(timers);
        } else if (key.isExpected() || key.condition.isActive()) {
            next = key.condition.nextChange(timers, spec.policy().noData().signal());
        }
        if (absence != null && key.isExpected()) {
            if (!key.absence.isActive()) {
                next = Math.min(next, Times.addClamped(key.seenUntil, absence.afterMillis()));
            }
            if (!key.listed) {
                next = Math.min(next, Times.addClamped(key.seenUntil, absence.forgetAfterMillis()));
            }
        }
        if (key.history != null) {
            long first = key.history.firstTime();
            next = Math.min(next, Times.addClamped(first, spec.amendableMillis()));
        }
        long bounded = Math.max(next, Times.addClamped(time, 1));
        return spec.timing().atOrAfter(bounded);
    }

    /** Makes up for the window ends without rows up to {@code previous}, none of which can have changed more than time. */
    private void catchUp(KeyState key, long previous) {
        if (key.condition.isActive() && key.condition.at() < previous) {
            Signal signal = spec.policy().noData().signal();
            key.condition = key.condition.evaluate(timers, signal, previous, 0);
        }
    }

    private LifeCycle evaluated(KeyState key, EvaluatedRow row, long time) {
        return key.condition.evaluate(timers, row.signal(), time, row.sample().ordinal());
    }

    private void condition(KeyState key, LifeCycle next, Occasion occasion, AlertSink out) {
        Change change = Change.between(key.condition, next);
        key.condition = next;
        if (change != null) {
            Transition transition = announcer.state(key, Subject.CONDITION, change, occasion);
            out.emit(transition);
            if (key.history != null && spec.replays()) {
                key.history.emitted.add(new History.Emitted(change, transition.id()));
            }
        }
        if (!next.isActive()) {
            key.latestValues = List.of();
            key.amendedBy = null;
        }
    }

    private void see(KeyState key, EvaluatedRow row, long time) {
        if (absence == null) {
            return;
        }
        if (key.isExpected()) {
            key.seenUntil = Math.max(key.seenUntil, row.seenUntil());
        } else if (absence.learn()) {
            key.expect(time, row.seenUntil());
        }
        key.learned |= absence.learn();
    }

    private void absence(KeyState key, Occasion occasion, AlertSink out) {
        if (absence == null || !key.isExpected()) {
            return;
        }
        long time = occasion.at();
        boolean silent = Times.addClamped(key.seenUntil, absence.afterMillis()) <= time;
        absenceState(key, silent ? Signal.HOLDS : Signal.CLEAR, occasion, out);
    }

    private void absenceState(KeyState key, Signal signal, Occasion occasion, AlertSink out) {
        LifeCycle next = key.absence.evaluate(Timers.NONE, signal, occasion.at(), 0);
        Change change = Change.between(key.absence, next);
        key.absence = next;
        if (change != null) {
            out.emit(announcer.state(key, Subject.ABSENCE, change, occasion));
        }
    }

    /** Ends all alerts of a key that was silent for too long to be expected any more. */
    private void forget(KeyState key, long time, AlertSink out) {
        boolean forgotten = absence != null
                && key.learned
                && !key.listed
                && Times.addClamped(key.seenUntil, absence.forgetAfterMillis()) <= time;
        if (!forgotten) {
            return;
        }
        long start = spec.timing() instanceof Windowed windowed
                ? windowed.windows().startOf(time)
                : time;
        Occasion occasion = occasion(Cause.FORGOTTEN, time, Sample.none(start));
        absenceState(key, Signal.CLEAR, occasion, out);
        condition(key, LifeCycle.inactive(time), occasion, out);
        key.learned = false;
        key.expectedFrom = LifeCycle.NEVER;
        if (key.history != null) {
            key.history.reset(key.condition, time);
        }
    }

    private Occasion occasion(Cause cause, long time, Sample sample) {
        boolean isRow = spec.timing() instanceof AlertTiming.Rows && cause == Cause.ROW;
        long due = isRow ? Times.addClamped(time, 1) : time;
        return new Occasion(cause, null, due, time, sample);
    }
}
