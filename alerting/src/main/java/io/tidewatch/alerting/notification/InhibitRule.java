package io.tidewatch.alerting.notification;

import java.util.List;
import java.util.Map;

/**
 * Alerts that match the target are muted while an alert that matches the source fires and has the same values of the labels in
 * {@code equal}, where a missing label is as an empty one. An alert that matches both sides is not muted by one that does,
 * itself included.
 */
public record InhibitRule(Matchers sourceMatchers, Matchers targetMatchers, List<String> equal) {
    public InhibitRule {
        equal = List.copyOf(equal);
    }

    boolean isSource(Map<String, String> labels) {
        return sourceMatchers.match(labels);
    }

    boolean isTarget(Map<String, String> labels) {
        return targetMatchers.match(labels);
    }

    /** The values by which a source finds its targets. */
    List<String> equalValues(Map<String, String> labels) {
        return equal.stream().map(name -> labels.getOrDefault(name, "")).toList();
    }
}
