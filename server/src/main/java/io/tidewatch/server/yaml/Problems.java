package io.tidewatch.server.yaml;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Complaints about files that people wrote, collected so that all can be shown at once, in the order of their places; the first
 * {@link #SHOWN_MAX} are kept.
 */
public final class Problems {
    /** The most complaints that are kept; more are only counted. */
    public static final int SHOWN_MAX = 50;

    private static final Pattern LINE_END = Pattern.compile("\\h*\\R\\s*");

    private final TreeSet<Problem> kept = new TreeSet<>();
    private int dropped;

    /** Adds a complaint, which is shown on one line, also if it repeats a text of several. */
    public void add(Place place, String message) {
        kept.add(new Problem(place, LINE_END.matcher(message).replaceAll(" ")));
        if (kept.size() > SHOWN_MAX) {
            kept.pollLast();
            dropped++;
        }
    }

    public boolean isEmpty() {
        return kept.isEmpty();
    }

    public int count() {
        return kept.size() + dropped;
    }

    /** The complaints that were kept, in the order of their places. */
    public List<Problem> inOrder() {
        return List.copyOf(kept);
    }

    /** One exception with every complaint, one per line. */
    public TidewatchException toException() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : inOrder()) {
            text.append(text.length() == 0 ? "" : "\n").append(problem);
        }
        if (dropped > 0) {
            text.append("\n… and ").append(dropped).append(" more");
        }
        return new TidewatchException(ErrorCode.CONFIGURATION_INVALID, text.toString());
    }

    /**
     * Passes when there is no complaint.
     *
     * @throws TidewatchException with every complaint, one per line
     */
    public void check() {
        if (!isEmpty()) {
            throw toException();
        }
    }

    /** One complaint: where, and what with its remedy. */
    public record Problem(Place place, String message) implements Comparable<Problem> {
        @Override
        public int compareTo(Problem other) {
            int byPlace = place.compareTo(other.place);
            return byPlace != 0 ? byPlace : message.compareTo(other.message);
        }

        @Override
        public String toString() {
            return place + ": " + message;
        }
    }
}
