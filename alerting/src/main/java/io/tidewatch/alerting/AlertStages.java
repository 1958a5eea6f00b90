package io.tidewatch.alerting;

import io.tidewatch.alerting.AlertTiming.Sessions;
import io.tidewatch.alerting.AlertTiming.Windowed;
import io.tidewatch.alerting.Announcer.Occasion;
import io.tidewatch.alerting.Announcer.Revision;
import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one version of a monitor's alert does with a key: the life cycle, amendments, provisionals and limits together. */
final class AlertStages {
    private static final Comparator<AlertKey> BY_HASH = Comparator.<AlertKey>comparingLong(
                    key -> Hash.of(key.bytes(), 0, key.bytes().length) + Long.MIN_VALUE)
            .thenComparing(Comparator.naturalOrder());

    private final AlertSpec spec;
    private final AlertLimits limits;
    private final Announcer announcer;
    private final KeyEvaluator evaluator;
    private final Provisionals provisionals;
    private final @Nullable Amender amender;

    AlertStages(AlertSpec spec, AlertLimits limits) {
        this.spec = spec;
        this.limits = limits;
        this.announcer = new Announcer(spec);
        this.evaluator = new KeyEvaluator(spec, announcer);
        this.provisionals = new Provisionals(announcer, limits.provisionalsMax());
        this.amender = spec.timing() instanceof Windowed windowed && spec.amendableMillis() > 0
                ? new Amender(spec, windowed, announcer, limits.keptEvaluationsMax())
                : null;
    }

    KeyEvaluator evaluator() {
        return evaluator;
    }

    Provisionals provisionals() {
        return provisionals;
    }

    @Nullable
    Amender amender() {
        return amender;
    }

    /** Whether an evaluation is kept even of a key that is not known. */
    boolean keeps(Signal signal) {
        return amender != null && (spec.replays() || signal != Signal.CLEAR);
    }

    boolean learns() {
        Absence absence = spec.policy().absence();
        return absence != null && absence.learn();
    }

    void row(
            KeyGroupState group,
            KeyState key,
            EvaluatedRow row,
            boolean isRefused,
            long time,
            AlertSink out) {
        if (row.signal() == Signal.HOLDS && spec.policy().evaluate() == Evaluate.EARLY) {
            provisionals.closed(group, row, time, out);
        }
        if (isRefused) {
            group.refusedKeys++;
            if (amender != null && spec.replays()) {
                amender.keep(group, key, time, Signal.CLEAR, row.sample());
            }
            return;
        }
        if (amender == null) {
            evaluator.row(key, row, time, out);
            return;
        }
        amender.trim(group, key, time);
        if (spec.replays()) {
            amender.historyOf(group, key, time);
        }
        evaluator.row(key, row, time, out);
        amender.keep(group, key, time, row.signal(), row.sample());
        amender.dropIfIdle(key);
    }

    void alone(KeyGroupState group, KeyState key, long time, AlertSink out) {
        if (amender == null) {
            evaluator.alone(key, time, out);
            return;
        }
        amender.trim(group, key, time);
        if (spec.replays() && key.isKnown()) {
            amender.historyOf(group, key, time);
        }
        evaluator.alone(key, time, out);
        amender.dropIfIdle(key);
    }

    void standStill(KeyGroupState group, KeyState key, long time) {
        Windowed windowed = (Windowed) spec.timing();
        if (amender != null) {
            amender.trim(group, key, time);
        }
        evaluator.standStill(key, time, windowed);
        if (amender != null && spec.replays() && (key.isKnown() || key.history != null)) {
            Sample none = Sample.none(windowed.windows().startOf(time));
            amender.keep(group, key, time, Signal.KEEP, none);
        }
    }

    void amend(
            KeyGroupState group,
            KeyState key,
            EvaluatedRow row,
            Revision revision,
            long now,
            AlertSink out) {
        if (amender != null) {
            amender.trim(group, key, now);
            amender.amend(group, key, row, revision, now, out);
            amender.dropIfIdle(key);
        }
    }

    /** Evaluates the alert on the limits of a key group. */
    void limit(KeyGroupState group, boolean isLimited, long time, AlertSink out) {
        Signal signal = isLimited ? Signal.HOLDS : Signal.CLEAR;
        LifeCycle next = group.limit.evaluate(Timers.NONE, signal, time, 0);
        Change change = Change.between(group.limit, next);
        group.limit = next;
        if (change != null) {
            long start = spec.timing() instanceof Windowed windowed
                    ? windowed.windows().startOf(time)
                    : Times.subtractClamped(time, ((Sessions) spec.timing()).gapMillis());
            out.emit(announcer.limit(
                    group,
                    change,
                    new Occasion(Cause.LIMIT, null, time, time, Sample.none(start))));
        }
    }

    /**
     * The new keys for which there is no room: those with the smallest hash are admitted, as many as fit beside the known
     * ones of their key group.
     *
     * @param rows of one time
     */
    Set<AlertKey> refused(List<EvaluatedRow> rows, @Nullable KeyGroupState[] groups) {
        TreeMap<Integer, TreeSet<AlertKey>> newcomers = new TreeMap<>();
        for (EvaluatedRow row : rows) {
            KeyGroupState group = groups[row.key().keyGroup()];
            KeyState key = group == null ? null : group.keys.get(row.key());
            boolean isNew = key == null || !key.isKnown();
            if (isNew && (row.signal() == Signal.HOLDS || learns())) {
                newcomers
                        .computeIfAbsent(row.key().keyGroup(), any -> new TreeSet<>(BY_HASH))
                        .add(row.key());
            }
        }
        TreeSet<AlertKey> refused = new TreeSet<>();
        newcomers.forEach((keyGroup, keys) -> {
            KeyGroupState group = groups[keyGroup];
            int room = limits.knownKeysMax() - (group == null ? 0 : group.knownCount);
            keys.stream().skip(Math.max(0, room)).forEach(refused::add);
        });
        return refused;
    }

    /** The indexes of rows in the order of their keys. */
    List<Integer> byKey(List<EvaluatedRow> rows) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        order.sort(Comparator.comparing(index -> rows.get(index).key()));
        return order;
    }
}
