package io.tidewatch.testkit;

import java.util.ArrayList;
import java.util.List;

/** What two lists of lines do not have in common, for failures that can be read. */
public final class LineDifference {
    private LineDifference() {}

    /** The lines that only one list has, as often as it has them more; empty if both have the same, in any order. */
    public static List<String> of(List<String> expected, List<String> actual) {
        List<String> differences = new ArrayList<>();
        without(expected, actual).forEach(line -> differences.add("missing:    " + line));
        without(actual, expected).forEach(line -> differences.add("unexpected: " + line));
        return differences;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> rest = new ArrayList<>(lines);
        others.forEach(rest::remove);
        return rest;
    }
}
