package io.tidewatch.sql;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant. */
final class Suggestion {
    /** The most candidates that are listed. */
    private static final int LISTED_MAX = 12;

    private Suggestion() {}

    /** {@code " (did you mean 'price'?)"}, or nothing if no candidate is near. */
    static String didYouMean(String written, Collection<String> candidates) {
        return nearest(written, candidates)
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    /** As {@link #didYouMean}, or else the candidates, if they are few. */
    static String hint(String written, Collection<String> candidates) {
        String near = didYouMean(written, candidates);
        boolean few = !candidates.isEmpty() && candidates.size() <= LISTED_MAX;
        return near.isEmpty() && few ? " (known: " + String.join(", ", candidates) + ")" : near;
    }

    /** The first of the nearest candidates, if it is near: at most a third of the letters differ. */
    static Optional<String> nearest(String written, Collection<String> candidates) {
        int limit = Math.max(1, written.length() / 3);
        String best = null;
        int bestDistance = limit + 1;
        for (String candidate : candidates) {
            int distance = distance(
                    written.toLowerCase(Locale.ROOT),
                    candidate.toLowerCase(Locale.ROOT),
                    bestDistance);
            if (distance < bestDistance
                    && distance < Math.max(written.length(), candidate.length())) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * How many letters must be inserted, removed, replaced or swapped with their neighbour to make one word of the other:
     * the optimal string alignment distance. Words whose lengths differ by {@code limit} or more are not looked at.
     */
    static int distance(String left, String right, int limit) {
        if (Math.abs(left.length() - right.length()) >= limit) {
            return limit;
        }
        int[][] distances = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                distances[i][j] = distance(left, right, distances, i, j);
            }
        }
        return distances[left.length()][right.length()];
    }

    private static int distance(String left, String right, int[][] distances, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replaced =
                distances[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, distances[i - 2][j - 2] + 1) : best;
    }
}
