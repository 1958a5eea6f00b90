package io.tidewatch.server.yaml;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Complaints about files that people wrote, collected so that all can be shown at once; at most {@link #SHOWN_MAX} are kept. */
public final class Problems {
    /** The most complaints that are kept; more are only counted. */
    public static final int SHOWN_MAX = 50;

    private final Set<Problem> kept = new LinkedHashSet<>();
    private final Set<String> thrown = new LinkedHashSet<>();
    private int dropped;

    public void add(Place place, String message) {
        if (kept.size() < SHOWN_MAX) {
            kept.add(new Problem(place, message));
        } else {
            dropped++;
        }
    }

    /** Adds complaints that were thrown, which name their places themselves; shown behind those with a place. */
    public void add(TidewatchException failure) {
        if (kept.size() + thrown.size() < SHOWN_MAX) {
            thrown.add(String.valueOf(failure.getMessage()));
        } else {
            dropped++;
        }
    }

    public boolean isEmpty() {
        return kept.isEmpty() && thrown.isEmpty();
    }

    public int count() {
        return kept.size() + thrown.size() + dropped;
    }

    /** The complaints that were kept, in the order of their places. */
    public List<Problem> inOrder() {
        List<Problem> sorted = new ArrayList<>(kept);
        Collections.sort(sorted);
        return sorted;
    }

    /** One exception with every complaint, one per line. */
    public TidewatchException toException() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : inOrder()) {
            text.append(text.length() == 0 ? "" : "\n").append(problem);
        }
        thrown.forEach(message -> text.append(text.length() == 0 ? "" : "\n").append(message));
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
