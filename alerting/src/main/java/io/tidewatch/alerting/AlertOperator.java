package io.tidewatch.alerting;

import io.tidewatch.alerting.AlertTiming.Windowed;
import io.tidewatch.alerting.Announcer.Revision;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.operator.IncompleteWindow;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one monitor for the key groups of one worker. It is told rows in the order in which they become due, and
 * how far time has come; it emits transitions.
 *
 * <pre>{@code
 * operator.start(origin, sink);              // once: from when on listed keys are expected
 * operator.incomplete(window, sink);         // before the rows of a window that lacks some, or with them
 * operator.rows(rows, sink);                 // revision 0: by window end, or by event time; in as many calls as it likes
 * operator.amended(rows, 1, dueTime, sink);  // in the order of (due time, window end) with the others
 * operator.advanceTo(watermark, sink);       // when all rows up to the watermark were told
 * }</pre>
 *
 * <p>What is emitted does not depend on how rows are cut into calls, how far the watermark jumps, or which key groups are
 * together. For one key, transitions come in the order of time; for one time, in the order of keys. A timer that rings at
 * the time of a row goes first. Several rows of a key in one window count as one, whose condition holds if any row's does.
 */
public final class AlertOperator {
    /*
     * Keys sleep until something can happen without a row: a timer, an absence, a missing row that changes the state, the
     * end of what must be kept for amendments. A key woken too early goes back to sleep. Window ends in between are made up
     * for when the key is next evaluated (LifeCycle.nextChange), so a jump of the watermark over a year costs what happens
     * in it, and a window costs its rows.
     *
     * Rows wait until a row of a later time or the watermark shows that all rows of their time are there: only then is it
     * known which keys have none, and which new keys a limit admits.
     */
    private final IntPredicate ownsKeyGroup;
    private final AlertLimits limits;
    private final @Nullable KeyGroupState[] groups = new KeyGroupState[KeyGroups.COUNT];
    private final TreeSet<KeyState> sleeping = new TreeSet<>(KeyState.BY_WAKE);
    private final TreeSet<Integer> limitedGroups = new TreeSet<>();
    private final List<EvaluatedRow> waiting = new ArrayList<>();
    private final TreeSet<Integer> waitingOverflows = new TreeSet<>();
    /** Of the window whose rows wait; what it lacks because of links that were read. */
    private @Nullable IncompleteWindow waitingIncomplete;

    private AlertSpec spec;
    private AlertStages stages;
    private long waitingTime = Times.BEGINNING;
    private long time = Times.BEGINNING;
    private long origin = LifeCycle.NEVER;

    /**
     * An operator without any key.
     *
     * @param ownsKeyGroup which listed keys are this worker's
     */
    public AlertOperator(AlertSpec spec, AlertLimits limits, IntPredicate ownsKeyGroup) {
        this.spec = spec;
        this.limits = limits;
        this.ownsKeyGroup = ownsKeyGroup;
        this.stages = new AlertStages(spec, limits);
    }

    /**
     * Says from when on listed keys are expected; only the first call counts. The origin must follow from the log alone, for
     * example the least event time, or the time at which the monitor takes effect.
     */
    public void start(long originMillis, AlertSink out) {
        if (origin != LifeCycle.NEVER) {
            return;
        }
        settle(out);
        origin = originMillis;
        expectListed(ownsKeyGroup, originMillis);
        // As if the origin had been known all the time: what was learned before does not count.
        for (KeyGroupState group : groups) {
            if (group != null) {
                group.keys.values().forEach(key -> key.expectNotBefore(originMillis));
            }
        }
    }

    /**
     * Takes rows of revision 0: for windows, in the order of their ends, and all later than any time that was {@linkplain
     * #advanceTo passed}; for sessions and rows without a window, in the order of time, and of ordinals for one key.
     */
    public void rows(AlertRows rows, AlertSink out) {
        for (int row = 0; row < rows.rowCount(); row++) {
            long end = rows.windowEnd(row);
            if (!waits() || end != waitingTime) {
                arriveAt(end, out);
            }
            take(rows, row);
        }
    }

    /**
     * Takes that a window lacks rows, so that known keys without a row stand still; of the same time as rows are. For
     * sessions it is a stretch of event time, told before the rows that end in it: timers that run when it begins stand still
     * until it ends; of a session that lacks rows, only the limit's alert takes note. Without windows it has no effect.
     */
    public void incomplete(IncompleteWindow window, AlertSink out) {
        if (spec.timing() instanceof AlertTiming.Sessions) {
            if (window.stretch()) {
                stretch(window, out);
            } else {
                session(window, out);
            }
        } else if (spec.isWindowed() && !window.stretch()) {
            if (!waits() || window.end() != waitingTime) {
                arriveAt(window.end(), out);
            }
            waitingIncomplete = window;
        }
    }

    private void stretch(IncompleteWindow stretch, AlertSink out) {
        settle(out);
        wakeThrough(stretch.start(), out);
        limited(stretch, spec.timing().limitAfter(Math.max(stretch.start(), stretch.end() - 1)));
        long millis = stretch.end() - stretch.start();
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            KeyGroupState group = groups[keyGroup];
            if (group != null && stretch.concerns(keyGroup)) {
                for (KeyState key : List.copyOf(group.keys.values())) {
                    int knownBefore = key.isKnown() ? 1 : 0;
                    stages.evaluator().pause(key, millis);
                    slept(group, key, knownBefore);
                }
            }
        }
    }

    private void session(IncompleteWindow session, AlertSink out) {
        if (!waits() || session.end() != waitingTime) {
            settle(out);
            wakeThrough(session.end(), out);
        }
        limited(session, spec.timing().limitAfter(session.end()));
    }

    private void limited(IncompleteWindow window, long at) {
        window.foldedKeyGroups()
                .filter(ownsKeyGroup)
                .forEach(keyGroup -> limited(group(keyGroup), at));
    }

    /** Notes that the limit's alert of a key group holds at the next time at which it is evaluated, with sessions. */
    private void limited(KeyGroupState group, long at) {
        group.limitedAt = Math.max(group.limitedAt, at);
        limitedGroups.add(group.keyGroup);
    }

    private boolean waits() {
        return !waiting.isEmpty() || !waitingOverflows.isEmpty() || waitingIncomplete != null;
    }

    /**
     * Takes rows of a revision k ≥ 1 of one window. What became due before has been told; what is due with it, and ends
     * later, has not.
     *
     * @param dueTime of the revision
     */
    public void amended(AlertRows rows, int revision, long dueTime, AlertSink out) {
        settle(out);
        if (!(spec.timing() instanceof Windowed)) {
            throw new IllegalStateException(
                    "an amendment, but the monitor has no windows on a grid");
        }
        wakeThrough(Times.subtractClamped(dueTime, 1), out);
        Amender amender = stages.amender();
        if (amender == null) {
            return;
        }
        List<EvaluatedRow> changed = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int row = 0; row < rows.rowCount(); row++) {
            if (rows.observation(row) != Observation.OVERFLOW) {
                changed.add(copyOf(rows, row));
                ends.add(rows.windowEnd(row));
            }
        }
        for (int row : stages.byKey(changed)) {
            amend(changed.get(row), new Revision(revision, dueTime, ends.get(row)), out);
        }
    }

    /**
     * Takes rows of windows that are not closed, as they are now. Each whose condition holds is emitted as provisional, once
     * per key and window.
     */
    public void early(AlertRows rows, AlertSink out) {
        if (spec.policy().evaluate() == Evaluate.FINAL) {
            return;
        }
        for (int row = 0; row < rows.rowCount(); row++) {
            boolean holds = rows.observation(row) == Observation.SHOWN && rows.isWhen(row);
            if (holds && isOpen(rows.windowEnd(row))) {
                EvaluatedRow copy = copyOf(rows, row);
                KeyGroupState group = group(copy.key());
                stages.provisionals().early(group, copy, rows.windowEnd(row), out);
            }
        }
    }

    /** Brings time forward: all rows of windows that end up to here, or of earlier event times, were told. */
    public void advanceTo(long watermark, AlertSink out) {
        if (watermark < time) {
            return;
        }
        settle(out);
        wakeThrough(watermark, out);
        long closed = spec.timing() instanceof AlertTiming.Rows ? watermark - 1 : watermark;
        for (KeyGroupState group : groups) {
            if (group != null) {
                group.forgetProvisionals(closed);
                group.forgetWindows(Times.subtractClamped(time, spec.amendableMillis()));
            }
        }
    }

    /** Goes on with another version of the monitor's alert, whose windows and key are the same. */
    public void configure(AlertSpec newSpec, AlertSink out) {
        settle(out);
        spec = newSpec;
        stages = new AlertStages(newSpec, limits);
        for (KeyGroupState group : groups) {
            if (group != null) {
                group.keptCount = 0;
                group.unkeptThrough = Math.max(group.unkeptThrough, time);
                group.keys.values().forEach(key -> key.history = null);
                reconcile(group);
            }
        }
        if (origin != LifeCycle.NEVER) {
            expectListed(ownsKeyGroup, Math.max(origin, time));
        }
    }

    /** How often a key was not admitted because of {@link AlertLimits#knownKeysMax}. */
    public long refusedKeys() {
        long count = 0;
        for (KeyGroupState group : groups) {
            count += group == null ? 0 : group.refusedKeys;
        }
        return count;
    }

    /** How many evaluations were not kept because of {@link AlertLimits#keptEvaluationsMax}. */
    public long unkeptEvaluations() {
        long count = 0;
        for (KeyGroupState group : groups) {
            count += group == null ? 0 : group.unkeptEvaluations;
        }
        return count;
    }

    /** How many keys are pending, firing, learned or listed. */
    public int knownKeys() {
        int count = 0;
        for (KeyGroupState group : groups) {
            count += group == null ? 0 : group.knownCount;
        }
        return count;
    }

    /**
     * Writes the state of one key group, after an {@link #advanceTo}.
     *
     * @throws IllegalStateException if rows wait for others of their time
     */
    public void write(int keyGroup, ByteWriter out) {
        if (waits()) {
            throw new IllegalStateException("rows wait (expected: advanceTo before write)");
        }
        new AlertSnapshot(spec).write(groups[keyGroup], out);
    }

    /** Writes what is the same for all key groups: how far time has come, and from when on listed keys are expected. */
    public void writeCommon(ByteWriter out) {
        out.writeLong(time);
        out.writeLong(origin);
    }

    /** Continues where {@link #writeCommon} wrote; before any {@link #read}. */
    public void readCommon(ByteReader in) {
        time = in.readLong();
        origin = in.readLong();
    }

    /** Adds the state of one key group, which {@link #write} wrote, to an operator that has nothing of it. */
    public void read(int keyGroup, ByteReader in) {
        KeyGroupState group = new AlertSnapshot(spec).read(keyGroup, in);
        groups[keyGroup] = group;
        reconcile(group);
        if (origin != LifeCycle.NEVER) {
            expectListed(wanted -> wanted == keyGroup, Math.max(origin, time));
        }
    }

    private boolean isOpen(long end) {
        return spec.timing() instanceof AlertTiming.Rows ? end >= time : end > time;
    }

    /** Everything before {@code end} has happened when a row of it comes. */
    private void arriveAt(long end, AlertSink out) {
        settle(out);
        boolean late = spec.isWindowed() ? end <= time : end < time;
        if (late) {
            throw new IllegalArgumentException(
                    "row of " + end + " (expected: later than " + time + ", which has passed)");
        }
        wakeThrough(spec.isWindowed() ? Times.subtractClamped(end, 1) : end, out);
        waitingTime = end;
    }

    private void take(AlertRows rows, int row) {
        AlertKey key = rows.key(row);
        if (rows.observation(row) == Observation.OVERFLOW) {
            if (spec.isWindowed()) {
                waitingOverflows.add(key.keyGroup());
            } else if (spec.timing() instanceof AlertTiming.Sessions) {
                limited(group(key), spec.timing().limitAfter(waitingTime));
            }
            return;
        }
        KeyGroupState group = group(key);
        KeyState known = group.keys.get(key);
        Signal signal = EvaluatedRow.signal(rows, row, spec.policy().hasClear());
        boolean active = known != null && known.isKnown();
        boolean matters = signal == Signal.HOLDS
                || known != null
                || mayChangeAtThisTime()
                || stages.keeps(signal)
                || stages.learns();
        if (matters) {
            boolean withValues =
                    signal == Signal.HOLDS || active || mayChangeAtThisTime() || spec.replays();
            waiting.add(
                    EvaluatedRow.copyOf(rows, row, key, signal, withValues ? spec.values() : null));
        }
    }

    /** Whether a key may have several rows at the time at hand, so that one that waits may make it known. */
    private boolean mayChangeAtThisTime() {
        return spec.timing() instanceof AlertTiming.Rows && !waiting.isEmpty();
    }

    private EvaluatedRow copyOf(AlertRows rows, int row) {
        Signal signal = EvaluatedRow.signal(rows, row, spec.policy().hasClear());
        return EvaluatedRow.copyOf(rows, row, rows.key(row), signal, spec.values());
    }

    /** Evaluates the rows that wait, and the keys that are due at their time. */
    private void settle(AlertSink out) {
        if (!waits()) {
            return;
        }
        long end = waitingTime;
        time = end;
        NavigableSet<KeyState> due = new TreeSet<>(KeyState.BY_KEY);
        if (spec.timing() instanceof Windowed) {
            wakeAt(end, due);
            for (int keyGroup : waitingOverflows) {
                KeyGroupState group = group(keyGroup);
                group.overflowEnds.add(end);
                due.addAll(group.keys.values());
            }
            if (waitingIncomplete != null) {
                addAllKeys(due);
            }
        }
        waiting.sort(EvaluatedRow.ORDER);
        if (!(spec.timing() instanceof AlertTiming.Rows)) {
            EvaluatedRow.mergeKeys(waiting);
        }
        Set<AlertKey> refused = stages.refused(waiting, groups);
        evaluate(due, refused, end, out);
        if (spec.isWindowed()) {
            limitAlerts(limitedHere(refused), end, out);
        } else if (spec.timing() instanceof AlertTiming.Sessions) {
            refused.forEach(key -> limited(group(key), spec.timing().limitAfter(end)));
        }
        waiting.clear();
        waitingOverflows.clear();
        waitingIncomplete = null;
    }

    private void addAllKeys(NavigableSet<KeyState> due) {
        for (KeyGroupState group : groups) {
            if (group != null) {
                due.addAll(group.keys.values());
            }
        }
    }

    /** The key groups of which keys are folded or refused in the window whose rows wait. */
    private Set<Integer> limitedHere(Set<AlertKey> refused) {
        TreeSet<Integer> limited = new TreeSet<>(waitingOverflows);
        refused.forEach(key -> limited.add(key.keyGroup()));
        if (waitingIncomplete != null) {
            waitingIncomplete.foldedKeyGroups().filter(ownsKeyGroup).forEach(limited::add);
        }
        return limited;
    }

    /** Evaluates the rows that wait merged with the keys that are due, in the order of keys. */
    private void evaluate(
            NavigableSet<KeyState> due, Set<AlertKey> refused, long end, AlertSink out) {
        for (int i = 0; i < waiting.size(); ) {
            EvaluatedRow row = waiting.get(i);
            KeyState first = due.isEmpty() ? null : due.first();
            int order = first == null ? 1 : first.key.compareTo(row.key());
            if (first != null && order <= 0) {
                due.remove(first);
            }
            if (first != null && order < 0) {
                alone(first, end, out);
            } else {
                row(row, refused.contains(row.key()), end, out);
                i++;
            }
        }
        due.forEach(key -> alone(key, end, out));
    }

    private void row(EvaluatedRow row, boolean isRefused, long end, AlertSink out) {
        KeyGroupState group = group(row.key());
        KeyState key = group.keys.get(row.key());
        if (key == null) {
            key = new KeyState(row.key(), end);
            group.keys.put(row.key(), key);
        }
        int knownBefore = key.isKnown() ? 1 : 0;
        stages.row(group, key, row, isRefused, end, out);
        slept(group, key, knownBefore);
    }

    private void alone(KeyState key, long end, AlertSink out) {
        KeyGroupState group = group(key.key);
        int knownBefore = key.isKnown() ? 1 : 0;
        boolean isUnknown =
                waitingIncomplete != null || waitingOverflows.contains(key.key.keyGroup());
        if (waitingTime == end && isUnknown) {
            stages.standStill(group, key, end);
        } else {
            stages.alone(group, key, end, out);
        }
        slept(group, key, knownBefore);
    }

    private void amend(EvaluatedRow row, Revision revision, AlertSink out) {
        KeyGroupState group = group(row.key());
        KeyState key = group.keys.get(row.key());
        if (key == null) {
            key = new KeyState(row.key(), time);
            group.keys.put(row.key(), key);
        }
        int knownBefore = key.isKnown() ? 1 : 0;
        boolean isFull = knownBefore == 0 && group.knownCount >= limits.knownKeysMax();
        if (isFull && row.signal() == Signal.HOLDS && spec.replays()) {
            group.refusedKeys++;
        } else {
            stages.amend(group, key, row, revision, time, out);
        }
        slept(group, key, knownBefore);
    }

    /** Puts a key that was evaluated back to sleep, or forgets it. */
    private void slept(KeyGroupState group, KeyState key, int knownBefore) {
        group.knownCount += (key.isKnown() ? 1 : 0) - knownBefore;
        sleeping.remove(key);
        if (!key.isKnown() && key.history == null) {
            group.keys.remove(key.key);
            return;
        }
        key.wake = stages.evaluator().nextWake(key, time);
        if (key.wake != LifeCycle.NEVER) {
            sleeping.add(key);
        }
    }

    /** Lets everything happen that is due up to a time without rows. */
    private void wakeThrough(long through, AlertSink out) {
        while (true) {
            long next = sleeping.isEmpty() ? LifeCycle.NEVER : sleeping.first().wake;
            long limitWake = nextLimitWake();
            next = Math.min(next, limitWake);
            if (next > through || next == LifeCycle.NEVER) {
                break;
            }
            time = next;
            NavigableSet<KeyState> due = new TreeSet<>(KeyState.BY_KEY);
            wakeAt(next, due);
            for (KeyState key : due) {
                alone(key, next, out);
            }
            if (limitWake == next) {
                TreeSet<Integer> limited = new TreeSet<>(limitedGroups);
                limited.removeIf(keyGroup -> group(keyGroup).limitedAt != limitWake);
                limitAlerts(limited, next, out);
            }
        }
        time = Math.max(time, through);
    }

    private void wakeAt(long end, Set<KeyState> due) {
        while (!sleeping.isEmpty() && sleeping.first().wake <= end) {
            due.add(sleeping.pollFirst());
        }
    }

    private long nextLimitWake() {
        return limitedGroups.isEmpty() ? LifeCycle.NEVER : spec.timing().limitAfter(time);
    }

    /** Evaluates the limits' own alerts. */
    private void limitAlerts(Set<Integer> limited, long end, AlertSink out) {
        TreeSet<Integer> touched = new TreeSet<>(limitedGroups);
        touched.addAll(limited);
        for (int keyGroup : touched) {
            KeyGroupState group = group(keyGroup);
            stages.limit(group, limited.contains(keyGroup), end, out);
            noteLimit(group);
        }
    }

    private void noteLimit(KeyGroupState group) {
        if (group.limit.isActive() || group.limitedAt > time) {
            limitedGroups.add(group.keyGroup);
        } else {
            limitedGroups.remove(group.keyGroup);
        }
    }

    private void expectListed(IntPredicate isWanted, long from) {
        Absence absence = spec.policy().absence();
        // Only monitors of one branch have listed keys.
        if (absence == null || spec.branch() > 0) {
            return;
        }
        for (AlertKey listed : absence.listed()) {
            if (!isWanted.test(listed.keyGroup())) {
                continue;
            }
            KeyGroupState group = group(listed);
            KeyState key = group.keys.computeIfAbsent(listed, any -> new KeyState(listed, from));
            int knownBefore = key.isKnown() ? 1 : 0;
            if (!key.isExpected()) {
                key.expect(from, from);
            }
            key.listed = true;
            slept(group, key, knownBefore);
        }
    }

    /** Makes what is expected, counted and awake in a key group follow from its keys and the policy. */
    private void reconcile(KeyGroupState group) {
        Absence absence = spec.policy().absence();
        TreeSet<AlertKey> listed = new TreeSet<>(absence == null ? List.of() : absence.listed());
        group.knownCount = 0;
        for (KeyState key : List.copyOf(group.keys.values())) {
            key.listed &= listed.contains(key.key);
            key.learned &= absence != null && absence.learn();
            if (!key.isExpected()) {
                key.expectedFrom = LifeCycle.NEVER;
                key.absence = LifeCycle.inactive(time);
            }
            slept(group, key, 0);
        }
        noteLimit(group);
    }

    private KeyGroupState group(AlertKey key) {
        return group(key.keyGroup());
    }

    private KeyGroupState group(int keyGroup) {
        KeyGroupState group = groups[keyGroup];
        if (group == null) {
            group = new KeyGroupState(keyGroup);
            groups[keyGroup] = group;
        }
        return group;
    }
}
