package io.tidewatch.alerting;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What is kept of a key while its windows may be amended: the evaluations of rows after {@link #through}, the state up to
 * there, and the transitions that were emitted since.
 */
final class History {
    /** One evaluation of a row. Samples are empty unless life cycles may be replayed. */
    record Kept(Signal signal, Sample sample) {}

    /** A transition that was emitted and stands. */
    record Emitted(Change change, String id) {}

    /** By window end. */
    final TreeMap<Long, Kept> kept = new TreeMap<>();

    List<Emitted> emitted = new ArrayList<>();
    LifeCycle base;
    /** The time through which evaluations are in {@link #base}. */
    long through;

    History(LifeCycle base, long through) {
        this.base = base;
        this.through = through;
    }

    boolean isEmpty() {
        return kept.isEmpty() && emitted.isEmpty();
    }

    /** The earliest time of what is kept; {@link LifeCycle#NEVER} if nothing is. */
    long firstTime() {
        long first = kept.isEmpty() ? LifeCycle.NEVER : kept.firstKey();
        return emitted.isEmpty()
                ? first
                : Math.min(first, emitted.get(0).change().at());
    }

    /** Forgets everything up to {@code time}, after which the state was {@code state}. */
    void reset(LifeCycle state, long time) {
        base = state;
        through = time;
        kept.headMap(time, true).clear();
        emitted.removeIf(transition -> transition.change().at() <= time);
    }
}
