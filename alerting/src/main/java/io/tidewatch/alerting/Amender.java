package io.tidewatch.alerting;

import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.AlertTiming.Windowed;
import io.tidewatch.alerting.Announcer.Occasion;
import io.tidewatch.alerting.Announcer.Revision;
import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the evaluations of windows that may be amended, and works amendments in.
 *
 * <p>{@code annotate} keeps, per key and window, what the conditions were if not clear. {@code amend} keeps every evaluation
 * with its values, the state before the first of them, and what was emitted since: an amendment replaces one evaluation,
 * the life cycle is run again, and the difference is emitted.
 */
final class Amender {
    private final AlertSpec spec;
    private final Windowed timing;
    private final Announcer announcer;
    private final int keptMax;

    Amender(AlertSpec spec, Windowed timing, Announcer announcer, int keptMax) {
        this.spec = spec;
        this.timing = timing;
        this.announcer = announcer;
        this.keptMax = keptMax;
    }

    /** Gives the key a history, before it is evaluated at {@code end}. */
    History historyOf(KeyGroupState group, KeyState key, long end) {
        if (key.history != null) {
            return key.history;
        }
        long previous = timing.windows().previousEnd(end);
        long through = Math.max(
                Times.subtractClamped(previous, spec.amendableMillis()), group.unkeptThrough);
        History history = spec.replays() && key.condition.isActive()
                ? new History(key.condition, previous)
                : new History(LifeCycle.inactive(through), through);
        if (spec.replays()) {
            for (long overflow : group.overflowEnds.subSet(history.through, false, end, false)) {
                put(group, history, overflow, Signal.KEEP, Sample.none(overflow));
            }
        }
        key.history = history;
        return history;
    }

    /** Keeps the evaluation at {@code end}, whose state the key has now. */
    void keep(KeyGroupState group, KeyState key, long end, Signal signal, Sample sample) {
        if (!spec.replays() && signal == Signal.CLEAR) {
            return;
        }
        History history = historyOf(group, key, end);
        if (group.keptCount < keptMax || history.kept.containsKey(end)) {
            put(group, history, end, signal, sample);
            return;
        }
        group.unkeptEvaluations++;
        group.unkeptThrough = Math.max(group.unkeptThrough, end);
        group.keptCount -= history.kept.headMap(end, true).size();
        history.reset(key.condition, end);
    }

    private void put(KeyGroupState group, History history, long end, Signal signal, Sample sample) {
        // Positions are the same for all keys of a window; the group keeps them once.
        Sample slim = spec.replays()
                ? new Sample(
                        sample.windowStart(),
                        sample.ordinal(),
                        sample.values(),
                        sample.marks(),
                        List.of(),
                        sample.exemplars())
                : Sample.none(sample.windowStart());
        if (spec.replays() && !sample.positions().isEmpty()) {
            group.positions.put(end, sample.positions());
        }
        if (history.kept.put(end, new History.Kept(signal, slim)) == null) {
            group.keptCount++;
        }
    }

    /** Forgets what can no longer be amended at {@code time}. */
    void trim(KeyGroupState group, KeyState key, long time) {
        History history = key.history;
        long through = Times.subtractClamped(time, spec.amendableMillis());
        if (history == null || through <= history.through) {
            return;
        }
        if (spec.replays()) {
            history.base = new Replay(spec, timing, key, history)
                    .run(history.kept, history.through, through)
                    .state();
        }
        group.keptCount -= history.kept.headMap(through, true).size();
        history.reset(history.base, through);
        dropIfIdle(key);
    }

    /** Drops a history that says nothing: the key is inactive, and was through all that may be amended. */
    void dropIfIdle(KeyState key) {
        boolean needed = spec.replays() && key.isKnown();
        if (!needed && key.history != null && key.history.isEmpty()) {
            key.history = null;
        }
    }

    /**
     * Works in what an amendment says of one key.
     *
     * @param now through which all window ends were evaluated
     */
    void amend(
            KeyGroupState group,
            KeyState key,
            EvaluatedRow row,
            Revision revision,
            long now,
            AlertSink out) {
        long end = revision.windowEnd();
        History history = historyOf(group, key, timing.windows().nextEnd(now));
        History.Kept before = history.kept.get(end);
        Occasion occasion = occasion(revision, end, row.sample());
        boolean fits = before != null || group.keptCount < keptMax;
        boolean keeps = fits && end > history.through;
        if (keeps) {
            put(group, history, end, row.signal(), row.sample());
        }
        if (!fits) {
            group.unkeptEvaluations++;
        }
        if (!spec.replays() || !keeps) {
            Signal signalBefore = before == null ? Signal.CLEAR : before.signal();
            if (signalBefore != row.signal()) {
                out.emit(announcer.note(key, occasion));
            }
            return;
        }
        Replay replay =
                new Replay(spec, timing, key, history).run(history.kept, history.through, now);
        List<History.Emitted> stands = new ArrayList<>();
        List<Change> added = new ArrayList<>(replay.changes());
        withdraw(key, history, added, stands, occasion, out);
        boolean changed = !added.isEmpty() || stands.size() < history.emitted.size();
        key.condition = replay.state();
        key.amendedBy = !key.condition.isActive() ? null : changed ? revision : key.amendedBy;
        history.emitted = emitAdded(group, key, replay, added, stands, revision, out);
        Map.Entry<Long, History.Kept> latest = latestHolding(history, now);
        key.latestValues = !key.condition.isActive()
                ? List.of()
                : latest == null ? key.latestValues : latest.getValue().sample().values();
    }

    /** Withdraws what was emitted and is not in {@code added}; what is in both stands. */
    private void withdraw(
            KeyState key,
            History history,
            List<Change> added,
            List<History.Emitted> stands,
            Occasion occasion,
            AlertSink out) {
        for (History.Emitted emitted : history.emitted) {
            if (added.remove(emitted.change())) {
                stands.add(emitted);
            } else {
                out.emit(announcer.withdrawn(key, emitted, occasion));
            }
        }
    }

    private List<History.Emitted> emitAdded(
            KeyGroupState group,
            KeyState key,
            Replay replay,
            List<Change> added,
            List<History.Emitted> stands,
            Revision revision,
            AlertSink out) {
        Iterator<History.Emitted> standing = stands.iterator();
        List<History.Emitted> emitted = new ArrayList<>();
        for (Change change : replay.changes()) {
            if (!added.contains(change)) {
                emitted.add(standing.next());
                continue;
            }
            History history = historyOf(group, key, change.at());
            History.Kept kept = history.kept.get(change.at());
            Map.Entry<Long, History.Kept> latest = latestHolding(history, change.at());
            key.latestValues = latest == null
                    ? key.latestValues
                    : latest.getValue().sample().values();
            Sample sample = kept == null
                    ? Sample.none(timing.windows().startOf(change.at()))
                    : withPositions(kept.sample(), group.positions.get(change.at()));
            Transition transition = announcer.state(
                    key, Subject.CONDITION, change, occasion(revision, change.at(), sample));
            out.emit(transition);
            emitted.add(new History.Emitted(change, transition.id()));
        }
        return emitted;
    }

    private static Map.@Nullable Entry<Long, History.Kept> latestHolding(
            History history, long through) {
        for (Map.Entry<Long, History.Kept> entry :
                history.kept.headMap(through, true).descendingMap().entrySet()) {
            if (entry.getValue().signal() == Signal.HOLDS) {
                return entry;
            }
        }
        return null;
    }

    private static Sample withPositions(Sample sample, @Nullable List<PositionRange> positions) {
        return new Sample(
                sample.windowStart(),
                sample.ordinal(),
                sample.values(),
                sample.marks(),
                positions == null ? List.of() : positions,
                sample.exemplars());
    }

    private static Occasion occasion(Revision revision, long at, Sample sample) {
        return new Occasion(Cause.AMENDMENT, revision, revision.dueTime(), at, sample);
    }
}
