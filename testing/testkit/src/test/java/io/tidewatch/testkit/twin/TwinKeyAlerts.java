package io.tidewatch.testkit.twin;

import io.tidewatch.alerting.Absence;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.testkit.twin.TwinAlert.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts of one key, the one on its condition and the one on its silence, by their definitions. */
final class TwinKeyAlerts {
    private final AlertPolicy policy;
    private final TwinAlert condition;
    private final TwinAlert silence;
    private boolean listed;
    private long origin;
    private boolean learned;
    private long seenUntil;

    TwinKeyAlerts(String key, AlertPolicy policy) {
        this.policy = policy;
        this.condition = new TwinAlert("CONDITION " + key, policy);
        this.silence = new TwinAlert("ABSENCE " + key, 0, 0);
    }

    /** The key is expected from the beginning. */
    void list(long from) {
        listed = true;
        origin = from;
        seenUntil = from;
    }

    /** The key has a row. */
    void row(Signal signal, long seen, long at) {
        condition.evaluate(signal, at);
        see(seen);
        judgeSilence(at);
    }

    /** The key has a row in a window that only an amendment brought: it was not seen. */
    void amended(Signal signal, long at) {
        condition.evaluate(signal, at);
        judgeSilence(at);
    }

    private void see(long seen) {
        Absence absence = policy.absence();
        if (absence == null) {
            return;
        }
        if (listed || learned) {
            seenUntil = Math.max(seenUntil, seen);
        } else {
            seenUntil = seen;
        }
        learned |= absence.learn();
    }

    /** The key has no row in a window; of a key that nobody knows nothing is evaluated. */
    void alone(Signal noData, long at) {
        boolean expected = learned || listed && at > origin;
        if (!expected && !condition.isActive() && !silence.isActive()) {
            return;
        }
        condition.evaluate(noData, at);
        judgeSilence(at);
        Absence absence = policy.absence();
        if (absence != null && isForgotten(absence, at)) {
            forget(at);
        }
    }

    /** Lets timers ring up to a time. */
    void ringUpTo(long time) {
        Absence absence = policy.absence();
        boolean forgets = absence != null && isForgotten(absence, time);
        long end = forgets && absence != null ? seenUntil + absence.forgetAfterMillis() : time;
        condition.ringUpTo(end);
        if (absence != null && seenUntil + absence.afterMillis() <= end) {
            judgeSilence(seenUntil + absence.afterMillis());
        }
        if (forgets) {
            forget(end);
        }
    }

    private void judgeSilence(long at) {
        Absence absence = policy.absence();
        if (absence != null && (listed || learned)) {
            boolean silent = seenUntil + absence.afterMillis() <= at;
            silence.evaluate(silent ? Signal.HOLDS : Signal.CLEAR, at);
        }
    }

    private boolean isForgotten(Absence absence, long at) {
        return learned && !listed && seenUntil + absence.forgetAfterMillis() <= at;
    }

    private void forget(long at) {
        silence.end(at);
        condition.end(at);
        learned = false;
    }

    List<String> transitions() {
        List<String> all = new ArrayList<>(condition.transitions());
        all.addAll(silence.transitions());
        return all;
    }

    /** {@code when} is x >= 3, {@code clear} is x <= 1. */
    static Signal signal(@Nullable Object x) {
        if (!(x instanceof Long value)) {
            return Signal.BETWEEN;
        }
        if (value >= 3) {
            return Signal.HOLDS;
        }
        return value <= 1 ? Signal.CLEAR : Signal.BETWEEN;
    }
}
