package io.tidewatch.testkit;

import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows per window and key by the definitions alone: every row is judged for every window by its own partition's
 * watermark before it, and every revision is counted from the rows. Scripts have the event time first and the key second.
 */
final class NaiveWindows {
    private final TimeSpec time;
    private final List<Judged> rows = new ArrayList<>();
    private final long leastWatermark;

    /** A row and its partition's watermark before it. */
    private record Judged(long at, @Nullable Object key, long watermark) {}

    private NaiveWindows(TimeSpec time, List<Script> scripts) {
        this.time = time;
        long least = Long.MAX_VALUE;
        for (Script script : scripts) {
            long watermark = Long.MIN_VALUE;
            for (Script.Step step : script.steps()) {
                if (step instanceof Script.Step.Row row) {
                    long at = (Long) row.values().get(0);
                    rows.add(new Judged(at, row.values().get(1), watermark));
                    watermark = Math.max(watermark, at - time.outOfOrderMillis());
                }
            }
            least = Math.min(least, watermark);
        }
        leastWatermark = least;
    }

    static String text(@Nullable Object key, long start, long end, int revision, long count) {
        return key + " [" + start + ", " + end + ") #" + revision + ": " + count;
    }

    static List<String> results(Windowing windowing, TimeSpec time, List<Script> scripts) {
        NaiveWindows naive = new NaiveWindows(time, scripts);
        List<String> texts = windowing instanceof Windowing.Session session
                ? naive.sessions(session.gapMillis())
                : naive.grid(((Windowing.Grid) windowing).windows());
        return texts.stream().sorted().toList();
    }

    private List<String> grid(Windows windows) {
        // Per window end and key: how many rows each revision adds.
        Map<Long, Map<String, TreeMap<Integer, Integer>>> added = new TreeMap<>();
        for (Judged row : rows) {
            for (long end : endsHolding(windows, row.at())) {
                Integer revision = revision(row.watermark(), end);
                if (revision != null) {
                    added.computeIfAbsent(end, any -> new TreeMap<>())
                            .computeIfAbsent(String.valueOf(row.key()), any -> new TreeMap<>())
                            .merge(revision, 1, Integer::sum);
                }
            }
        }
        long closedTo = added.keySet().stream().reduce(leastWatermark, Math::max);
        List<String> texts = new ArrayList<>();
        added.forEach((end, keys) -> keys.forEach((key, revisions) -> {
            long count = 0;
            for (Map.Entry<Integer, Integer> revision : revisions.entrySet()) {
                count += revision.getValue();
                if (end + revision.getKey() * time.amendEveryMillis() <= closedTo) {
                    texts.add(text(key, windows.startOf(end), end, revision.getKey(), count));
                }
            }
        }));
        return texts;
    }

    private static List<Long> endsHolding(Windows windows, long at) {
        List<Long> ends = new ArrayList<>();
        for (long end = windows.nextEnd(at);
                windows.startOf(end) <= at;
                end = windows.nextEnd(end)) {
            ends.add(end);
            if (ends.size() > 1_000) {
                throw new IllegalStateException("too many windows hold " + at);
            }
        }
        return ends;
    }

    /** The revision that a row belongs to, or {@code null} if it is late. */
    private @Nullable Integer revision(long watermark, long end) {
        if (watermark < end) {
            return 0;
        }
        if (watermark >= end + time.allowedLatenessMillis()) {
            return null;
        }
        return 1 + (int) ((watermark - end) / time.amendEveryMillis());
    }

    private List<String> sessions(long gap) {
        Map<String, List<Long>> times = new TreeMap<>();
        for (Judged row : rows) {
            if (row.at() >= row.watermark()) {
                times.computeIfAbsent(Objects.toString(row.key()), any -> new ArrayList<>())
                        .add(row.at());
            }
        }
        List<String> texts = new ArrayList<>();
        times.forEach((key, unsorted) -> {
            long[] sorted =
                    unsorted.stream().mapToLong(Long::longValue).sorted().toArray();
            int first = 0;
            for (int i = 1; i <= sorted.length; i++) {
                if (i == sorted.length || sorted[i] - sorted[i - 1] >= gap) {
                    texts.add(text(key, sorted[first], sorted[i - 1] + gap, 0, i - first));
                    first = i;
                }
            }
        });
        return texts;
    }

    @Override
    public String toString() {
        return Arrays.toString(rows.toArray());
    }
}
