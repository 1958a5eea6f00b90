package io.tidewatch.server.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that a person may have meant. */
public final class Suggestion {
    private static final int NAME_LENGTH_MAX = 100;

    private Suggestion() {}

    /** The known name nearest to {@code name}, if one is near enough to be worth showing. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            return Optional.empty();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int best = 1 + wanted.length() / 3;
        Optional<String> nearest = Optional.empty();
        for (String candidate : known) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            boolean alike = distance < Math.max(name.length(), candidate.length());
            if (alike && (distance < best || (distance == best && nearest.isEmpty()))) {
                best = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /** {@code " (did you mean 'price'?)"}, or the list of what is known, or nothing. */
    public static String hint(String name, Collection<String> known) {
        Optional<String> nearest = nearest(name, known);
        if (nearest.isPresent()) {
            return " (did you mean '" + nearest.get() + "'?)";
        }
        return known.isEmpty() || known.size() > 12
                ? ""
                : " (known: " + String.join(", ", known) + ")";
    }

    /** How many letters must be put in, taken out, replaced or swapped with their neighbour (optimal string alignment). */
    static int distance(String left, String right) {
        int[][] costs = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(left, right, costs, i, j);
            }
        }
        return costs[left.length()][right.length()];
    }

    private static int cost(String left, String right, int[][] costs, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int cost = Math.min(
                costs[i - 1][j - 1] + (same ? 0 : 1),
                1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
    }
}
