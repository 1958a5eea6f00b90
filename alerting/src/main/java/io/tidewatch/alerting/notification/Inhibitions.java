package io.tidewatch.alerting.notification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which firing alerts mute which others. Follows from the firing alerts, so it is no part of the state that is written. */
final class Inhibitions {
    /** The firing sources of a rule by the values of its {@code equal}, with whether they match the target as well. */
    private record Sources(InhibitRule rule, Map<List<String>, TreeMap<String, Boolean>> byValues) {
        void put(String fingerprint, Map<String, String> labels) {
            if (rule.isSource(labels)) {
                byValues.computeIfAbsent(rule.equalValues(labels), any -> new TreeMap<>())
                        .put(fingerprint, rule.isTarget(labels));
            }
        }

        void remove(String fingerprint, Map<String, String> labels) {
            List<String> values = rule.equalValues(labels);
            TreeMap<String, Boolean> sources = byValues.get(values);
            if (sources != null && sources.remove(fingerprint) != null && sources.isEmpty()) {
                byValues.remove(values);
            }
        }

        void collect(Map<String, String> labels, SortedSet<String> found) {
            if (!rule.isTarget(labels)) {
                return;
            }
            boolean isSource = rule.isSource(labels);
            byValues.getOrDefault(rule.equalValues(labels), new TreeMap<>())
                    .forEach((fingerprint, isTarget) -> {
                        if (!(isSource && isTarget)) {
                            found.add(fingerprint);
                        }
                    });
        }
    }

    private final List<Sources> rules = new ArrayList<>();

    Inhibitions(List<InhibitRule> rules) {
        rules.forEach(rule -> this.rules.add(new Sources(rule, new LinkedHashMap<>())));
    }

    /** The alert fires from now on, or not any more. */
    void put(String fingerprint, Map<String, String> labels, boolean isFiring) {
        for (Sources sources : rules) {
            if (isFiring) {
                sources.put(fingerprint, labels);
            } else {
                sources.remove(fingerprint, labels);
            }
        }
    }

    /** The fingerprints of the alerts that mute one with these labels. */
    SortedSet<String> inhibitors(Map<String, String> labels) {
        SortedSet<String> found = new TreeSet<>();
        rules.forEach(sources -> sources.collect(labels, found));
        return found;
    }
}
