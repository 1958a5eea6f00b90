package io.tidewatch.alerting.template;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the name that someone may have meant. */
final class Suggestion {
    private static final int NAME_MAX = 100;
    private static final int LISTED_MAX = 10;

    private Suggestion() {}

    /** A remedy in parentheses with a space before it: the nearest name, else all, if they are few. */
    static String of(String name, List<String> known) {
        String best = "";
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        if (!best.isEmpty()) {
            return " (did you mean '" + best + "'?)";
        }
        if (known.isEmpty()) {
            return " (there is none)";
        }
        return known.size() <= LISTED_MAX ? " (expected: " + String.join(", ", known) + ")" : "";
    }

    /** How many insertions, deletions and replacements lie between two names, whatever their case. */
    private static int distance(String name, String candidate) {
        if (name.length() > NAME_MAX || candidate.length() > NAME_MAX) {
            return Integer.MAX_VALUE;
        }
        String from = name.toLowerCase(Locale.ROOT);
        String to = candidate.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
