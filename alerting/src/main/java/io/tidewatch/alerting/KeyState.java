package io.tidewatch.alerting;

import io.tidewatch.alerting.Announcer.Revision;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is remembered of one key. */
final class KeyState {
    /** The order in which keys wake. */
    static final Comparator<KeyState> BY_WAKE = Comparator.<KeyState>comparingLong(
                    state -> state.wake)
            .thenComparing(state -> state.key);

    static final Comparator<KeyState> BY_KEY = Comparator.comparing(state -> state.key);

    final AlertKey key;
    LifeCycle condition;
    LifeCycle absence;
    /** Whether the key is expected because it appeared. */
    boolean learned;
    /** Whether the key is expected because the monitor lists it. */
    boolean listed;
    /** Since when the key is expected, if it is. */
    long expectedFrom = LifeCycle.NEVER;
    /** When the key was last seen, moved on by the time for which nothing was known; only if it is expected. */
    long seenUntil;
    /** The values of the latest row for which the condition held, while the alert is active; else empty. */
    List<@Nullable Object> latestValues = List.of();

    /** The latest amendment that changed the episode that goes on; null while inactive. */
    @Nullable
    Revision amendedBy;

    @Nullable
    History history;
    /** When this key is to be looked at next without a row, at the latest; only the queue's owner sets it. */
    long wake = LifeCycle.NEVER;

    KeyState(AlertKey key, long time) {
        this.key = key;
        this.condition = LifeCycle.inactive(time);
        this.absence = LifeCycle.inactive(time);
    }

    boolean isExpected() {
        return learned || listed;
    }

    /** Whether the key counts as known: evaluated also without rows. */
    boolean isKnown() {
        return isExpected() || condition.isActive() || absence.isActive();
    }

    /** A listed key is expected from the origin on, also if it was learned from a row before. */
    void expectNotBefore(long origin) {
        if (listed && expectedFrom < origin) {
            expect(origin, Math.max(origin, seenUntil));
        }
    }

    void expect(long time, long seen) {
        expectedFrom = time;
        seenUntil = seen;
    }
}
