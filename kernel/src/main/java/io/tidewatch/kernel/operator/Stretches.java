package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stretches of event time that lack rows of sessions that a link reads. Each is told when time comes to where it begins,
 * before the rows of sessions that end in it; after that it is remembered, since a session that overlaps it may end much
 * later.
 *
 * <p>The sessions say what a stretch lacks before they say that time has come to its start. What is told does not overlap, so
 * that timers stand still once for a moment that two inputs say lacks rows.
 */
final class Stretches {
    /** How many stretches are remembered that do not touch; of more, the two oldest count as one with what lies between. */
    static final int REMEMBERED_MAX = 1_024;

    private record Span(long start, long end) implements Comparable<Span> {
        private static final Comparator<Span> ORDER =
                Comparator.comparingLong(Span::start).thenComparingLong(Span::end);

        @Override
        public int compareTo(Span other) {
            return ORDER.compare(this, other);
        }
    }

    private final TreeMap<Span, IncompleteWindow> waiting = new TreeMap<>();
    /** The ends of those that were told, by start; they do not touch. */
    private final TreeMap<Long, Long> told = new TreeMap<>();

    /**
     * Adds a stretch.
     *
     * @param lacks what it lacks; absent if that was told
     */
    void add(long start, long end, @Nullable IncompleteWindow lacks) {
        if (lacks == null) {
            remember(start, end);
        } else {
            waiting.merge(
                    new Span(start, end), lacks.asStretch(start, end), IncompleteWindow::with);
        }
    }

    /** The next stretch that begins by a time, less what was told before, perhaps all of it; absent if none does. */
    @Nullable
    IncompleteWindow next(long through) {
        while (!waiting.isEmpty() && waiting.firstKey().start() <= through) {
            IncompleteWindow stretch = waiting.pollFirstEntry().getValue();
            long start = Math.max(stretch.start(), toldThrough());
            if (start >= stretch.end()) {
                return stretch.asStretch(stretch.start(), stretch.start());
            }
            if (start == stretch.start()) {
                remember(start, stretch.end());
                return stretch;
            }
            add(start, stretch.end(), stretch);
        }
        return null;
    }

    /** Whether a window overlaps a stretch that was told. */
    boolean touch(long start, long end) {
        Map.Entry<Long, Long> last = told.lowerEntry(end);
        return last != null && last.getValue() > start;
    }

    private long toldThrough() {
        return told.isEmpty() ? Long.MIN_VALUE : told.lastEntry().getValue();
    }

    private void remember(long start, long end) {
        if (!told.isEmpty() && toldThrough() == start) {
            told.put(told.lastKey(), end);
        } else {
            told.put(start, end);
        }
        if (told.size() > REMEMBERED_MAX) {
            long first = told.pollFirstEntry().getKey();
            long until = told.pollFirstEntry().getValue();
            told.put(first, until);
        }
    }

    /** Gives all that is known; what was told lacks nothing that is still to be told. */
    void each(Taker taker) {
        told.forEach((start, end) -> taker.take(start, end, null));
        waiting.values().forEach(stretch -> taker.take(stretch.start(), stretch.end(), stretch));
    }

    /** Writes what {@link #each} gives, or a stretch that is new. */
    static void write(long start, long end, @Nullable IncompleteWindow lacks, ByteWriter out) {
        out.writeZigZag(start);
        out.writeZigZag(end - start);
        IncompleteWindow.write(lacks, out);
    }

    /** Adds what {@link #write} wrote. */
    void read(ByteReader in) {
        long start = in.readZigZag();
        long end = start + in.readZigZag();
        add(start, end, IncompleteWindow.read(start, end, in));
    }

    /** Takes stretches. */
    @FunctionalInterface
    interface Taker {
        void take(long start, long end, @Nullable IncompleteWindow lacks);
    }
}
