package io.tidewatch.alerting;

import io.tidewatch.alerting.AlertTiming.Windowed;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** Runs a life cycle over kept evaluations and the window ends between them. */
final class Replay {
    private final Windowed timing;
    private final Timers timers;
    private final Signal missing;
    private final long expectedFrom;
    private final List<Change> changes = new ArrayList<>();
    private LifeCycle state;

    /** Begins with the state that a history begins with. */
    Replay(AlertSpec spec, Windowed timing, KeyState key, History history) {
        this.timing = timing;
        this.timers = spec.policy().timers();
        this.missing = spec.policy().noData().signal();
        this.expectedFrom = key.expectedFrom;
        this.state = history.base;
    }

    /** Evaluates at every window end after {@code after} and up to {@code through}. */
    Replay run(NavigableMap<Long, History.Kept> kept, long after, long through) {
        kept.subMap(after, false, through, true).forEach((end, row) -> {
            missingThrough(timing.windows().previousEnd(end));
            evaluate(row.signal(), end, row.sample().ordinal());
        });
        missingThrough(timing.windows().previousEnd(Times.addClamped(through, 1)));
        return this;
    }

    LifeCycle state() {
        return state;
    }

    List<Change> changes() {
        return changes;
    }

    private void missingThrough(long end) {
        if (!state.isActive() && expectedFrom < end && state.at() < expectedFrom) {
            state = LifeCycle.inactive(expectedFrom);
        }
        while (isKnown(end)) {
            long next = timing.atOrAfter(state.nextChange(timers, missing));
            if (next > end) {
                break;
            }
            evaluate(missing, next, 0);
        }
        if (isKnown(end) && state.at() < end) {
            evaluate(missing, end, 0);
        }
    }

    private boolean isKnown(long time) {
        return state.isActive() || expectedFrom < time;
    }

    private void evaluate(Signal signal, long time, long ordinal) {
        LifeCycle next = state.evaluate(timers, signal, time, ordinal);
        Change change = Change.between(state, next);
        if (change != null) {
            changes.add(change);
        }
        state = next;
    }
}
