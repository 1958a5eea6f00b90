package io.tidewatch.testkit.twin;

import io.tidewatch.kernel.plan.Result.Kind;
import io.tidewatch.kernel.time.TimeSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The results of a {@link TwinQuery} over a {@link Timeline} that ends. */
final class TwinRun {
    private final TwinQuery query;
    private final Timeline timeline;
    private final OptionalLong until;
    private final int keysMax;
    private final List<TwinResult> results = new ArrayList<>();
    private final List<Observed> observed = new ArrayList<>();

    /**
     * What an alert sees of a key in a window.
     *
     * @param values absent if they could not be computed
     * @param isShown whether there is a result; HAVING may remove it
     */
    record Observed(
            String key,
            Window window,
            int revision,
            @Nullable List<@Nullable Object> values,
            boolean isShown) {}

    private TwinRun(TwinQuery query, Timeline timeline, OptionalLong until, int keysMax) {
        this.query = query;
        this.timeline = timeline;
        this.until = until;
        this.keysMax = keysMax;
    }

    /** @param keysMax how many keys of a key group stay apart in a window */
    static TwinRun onGrid(
            TwinQuery query,
            TwinWindows windows,
            Timeline timeline,
            OptionalLong until,
            int keysMax) {
        TwinRun run = new TwinRun(query, timeline, until, keysMax);
        run.grid(windows);
        return run;
    }

    static TwinRun ofSessions(
            TwinQuery query, long gap, Timeline timeline, OptionalLong until, int keysMax) {
        TwinRun run = new TwinRun(query, timeline, until, keysMax);
        run.sessions(gap);
        return run;
    }

    List<TwinResult> results() {
        return results;
    }

    /** What an alert sees, overflow rows left out; in the order of revisions for a key and window. */
    List<Observed> observed() {
        return observed;
    }

    private void grid(TwinWindows windows) {
        TreeMap<Window, TreeMap<Integer, List<TwinRow>>> buckets = new TreeMap<>();
        for (TwinRow row : query.rows(timeline)) {
            for (Window window : windows.holding().apply(row.event().at())) {
                Integer revision = revision(row.event().watermark(), window.end());
                if (revision != null) {
                    buckets.computeIfAbsent(window, any -> new TreeMap<>())
                            .computeIfAbsent(revision, any -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        long greatestEnd = timeline.events().stream()
                .flatMap(event -> windows.holding().apply(event.at()).stream())
                .mapToLong(Window::end)
                .max()
                .orElse(Long.MIN_VALUE);
        long closedTo = timeline.closedTo(until, greatestEnd);
        buckets.forEach((window, revisions) -> {
            WindowRun run = new WindowRun(window);
            revisions.forEach((revision, rows) -> {
                if (window.end() + revision * timeline.time().amendEveryMillis() <= closedTo) {
                    run.add(revision, rows);
                }
            });
        });
    }

    /** The revision of a window that a row belongs to, or {@code null} if it is late. */
    private @Nullable Integer revision(long watermark, long end) {
        TimeSpec time = timeline.time();
        if (watermark < end) {
            return 0;
        }
        if (watermark >= end + time.allowedLatenessMillis()) {
            return null;
        }
        return 1 + (int) ((watermark - end) / time.amendEveryMillis());
    }

    /** What is shown for a key of a window. */
    private record Shown(boolean visible, List<@Nullable Object> values) {}

    /** The revisions of one window. */
    private final class WindowRun {
        private final Window window;
        private final Map<TwinKey, List<TwinRow>> rowsByKey = new HashMap<>();
        private final Map<String, Shown> shown = new HashMap<>();

        WindowRun(Window window) {
            this.window = window;
        }

        void add(int revision, List<TwinRow> rows) {
            TreeSet<TwinKey> changed = new TreeSet<>();
            for (TwinRow row : rows) {
                for (TwinKey key : row.keys()) {
                    rowsByKey.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
                    changed.add(key);
                }
            }
            TreeMap<Integer, List<TwinRow>> overflow = new TreeMap<>();
            TreeSet<Integer> changedOverflow = new TreeSet<>();
            byKeyGroup(rowsByKey.keySet()).forEach((keyGroup, keys) -> {
                int rank = 0;
                for (TwinKey key : keys) {
                    List<TwinRow> all = rowsByKey.getOrDefault(key, List.of());
                    if (rank++ < keysMax) {
                        if (changed.contains(key)) {
                            give(revision, key.text(), Kind.FINAL, key.values(), all);
                        }
                        continue;
                    }
                    overflow.computeIfAbsent(keyGroup, any -> new ArrayList<>()).addAll(all);
                    Shown before = shown.remove(key.text());
                    if (changed.contains(key) || before != null) {
                        changedOverflow.add(keyGroup);
                    }
                    if (before != null && before.visible()) {
                        results.add(new TwinResult(
                                key.text(), window, revision, Kind.WITHDRAWN, before.values()));
                    }
                }
            });
            for (int keyGroup : changedOverflow) {
                give(
                        revision,
                        "overflow of " + keyGroup,
                        Kind.OVERFLOW,
                        nulls(),
                        overflow.getOrDefault(keyGroup, List.of()));
            }
        }

        private void give(
                int revision,
                String key,
                Kind kind,
                List<@Nullable Object> keyValues,
                List<TwinRow> rows) {
            Shown before = shown.get(key);
            boolean wasVisible = before != null && before.visible();
            if (kind == Kind.FINAL) {
                observe(key, window, revision, keyValues, rows);
            }
            try {
                List<@Nullable Object> values = query.values(keyValues, rows, window);
                boolean visible = query.shows(values);
                shown.put(key, new Shown(visible, values));
                if (visible || wasVisible) {
                    results.add(new TwinResult(
                            key, window, revision, visible ? kind : Kind.WITHDRAWN, values));
                }
            } catch (Term.Failed e) {
                shown.put(key, new Shown(false, List.of()));
                if (before != null && wasVisible) {
                    results.add(
                            new TwinResult(key, window, revision, Kind.WITHDRAWN, before.values()));
                }
            }
        }
    }

    private void observe(
            String key,
            Window window,
            int revision,
            List<@Nullable Object> keyValues,
            List<TwinRow> rows) {
        try {
            List<@Nullable Object> values = query.values(keyValues, rows, window);
            observed.add(new Observed(key, window, revision, values, query.shows(values)));
        } catch (Term.Failed e) {
            observed.add(new Observed(key, window, revision, null, false));
        }
    }

    private static Map<Integer, Set<TwinKey>> byKeyGroup(Iterable<TwinKey> keys) {
        Map<Integer, Set<TwinKey>> groups = new TreeMap<>();
        keys.forEach(key ->
                groups.computeIfAbsent(key.keyGroup(), any -> new TreeSet<>()).add(key));
        return groups;
    }

    private List<@Nullable Object> nulls() {
        return Collections.nCopies(query.keys().size(), null);
    }

    private void sessions(long gap) {
        // Per stretch of event time and key group, the keys with the greatest hashes share a row.
        Map<Long, TreeSet<TwinKey>> stretches = new TreeMap<>();
        List<TwinRow> rows = new ArrayList<>();
        for (TwinRow row : query.rows(timeline)) {
            if (row.event().at() >= row.event().watermark()) {
                rows.add(row);
                stretches
                        .computeIfAbsent(
                                Math.floorDiv(row.event().at(), gap), any -> new TreeSet<>())
                        .addAll(row.keys());
            }
        }
        Map<Long, TreeSet<TwinKey>> folded = new TreeMap<>();
        stretches.forEach((stretch, keys) -> {
            TreeSet<TwinKey> beyond = new TreeSet<>();
            byKeyGroup(keys)
                    .values()
                    .forEach(group -> group.stream().skip(keysMax).forEach(beyond::add));
            folded.put(stretch, beyond);
        });
        Map<TwinKey, List<TwinRow>> byKey = new HashMap<>();
        Map<String, List<TwinRow>> overflow = new TreeMap<>();
        for (TwinRow row : rows) {
            long stretch = Math.floorDiv(row.event().at(), gap);
            for (TwinKey key : row.keys()) {
                if (folded.getOrDefault(stretch, new TreeSet<>()).contains(key)) {
                    overflow.computeIfAbsent(
                                    stretch + " overflow of " + key.keyGroup(),
                                    any -> new ArrayList<>())
                            .add(row);
                } else {
                    byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
                }
            }
        }
        long greatestEnd = timeline.events().stream()
                .mapToLong(event -> event.at() + gap)
                .max()
                .orElse(Long.MIN_VALUE);
        long closedTo = timeline.closedTo(until, greatestEnd);
        byKey.forEach((key, own) -> cut(own, gap).forEach(session -> {
            Window window = window(session, gap);
            boolean lacks = mayBeFolded(
                            key, Math.floorDiv(window.start(), gap) - 1, stretches, folded)
                    || mayBeFolded(key, Math.floorDiv(window.end(), gap), stretches, folded);
            TwinResult row =
                    new TwinResult(key.text(), window, 0, 0, Kind.FINAL, lacks, key.values());
            giveSession(row, session, closedTo);
        }));
        overflow.forEach((name, own) -> {
            String key = name.substring(name.indexOf(' ') + 1);
            TwinResult row = new TwinResult(key, window(own, gap), 0, Kind.OVERFLOW, nulls());
            giveSession(row, own, closedTo);
        });
    }

    /** Whether keys of the key group are folded in a stretch, and this one is not among those that stay. */
    private static boolean mayBeFolded(
            TwinKey key,
            long stretch,
            Map<Long, ? extends Set<TwinKey>> keys,
            Map<Long, ? extends Set<TwinKey>> folded) {
        Set<TwinKey> here = keys.get(stretch);
        Set<TwinKey> beyond = folded.get(stretch);
        if (here == null || beyond == null) {
            return false;
        }
        boolean stays = here.contains(key) && !beyond.contains(key);
        return !stays && beyond.stream().anyMatch(other -> other.keyGroup() == key.keyGroup());
    }

    private static Window window(List<TwinRow> session, long gap) {
        long first = session.stream().mapToLong(row -> row.event().at()).min().orElseThrow();
        long last = session.stream().mapToLong(row -> row.event().at()).max().orElseThrow();
        return new Window(first, last + gap);
    }

    private static List<List<TwinRow>> cut(List<TwinRow> rows, long gap) {
        List<TwinRow> sorted = rows.stream()
                .sorted(java.util.Comparator.comparingLong(row -> row.event().at()))
                .toList();
        List<List<TwinRow>> sessions = new ArrayList<>();
        long last = 0;
        for (TwinRow row : sorted) {
            if (sessions.isEmpty() || row.event().at() - last >= gap) {
                sessions.add(new ArrayList<>());
            }
            sessions.get(sessions.size() - 1).add(row);
            last = row.event().at();
        }
        return sessions;
    }

    /** @param keyed the result with the values of its key alone */
    private void giveSession(TwinResult keyed, List<TwinRow> rows, long closedTo) {
        if (keyed.window().end() > closedTo) {
            return;
        }
        if (keyed.kind() == Kind.FINAL) {
            observe(keyed.key(), keyed.window(), 0, keyed.values(), rows);
        }
        try {
            List<@Nullable Object> values = query.values(keyed.values(), rows, keyed.window());
            if (query.shows(values)) {
                results.add(new TwinResult(
                        keyed.key(),
                        keyed.window(),
                        0,
                        0,
                        keyed.kind(),
                        keyed.incomplete(),
                        values));
            }
        } catch (Term.Failed setAside) {
            // The session has no row.
        }
    }
}
