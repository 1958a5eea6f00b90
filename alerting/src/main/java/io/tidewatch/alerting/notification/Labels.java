package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.Alert;
import io.tidewatch.alerting.Alert.Subject;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels by which alerts are routed, silenced and shown. */
final class Labels {
    private static final String ALERT_NAME = "alertname";
    private static final String SUBJECT = "subject";

    /** By name and value of one label after the other. */
    static final Comparator<SortedMap<String, String>> ORDER = Labels::compare;

    private Labels() {}

    /**
     * Those of the alert that are not empty, and unless they are among them {@code alertname}, the monitor, and for what is not
     * about the condition {@code subject}.
     */
    static SortedMap<String, String> of(Alert alert) {
        SortedMap<String, String> labels = new TreeMap<>(alert.labels());
        labels.values().removeIf(String::isEmpty);
        labels.putIfAbsent(ALERT_NAME, alert.monitor());
        if (alert.subject() != Subject.CONDITION) {
            labels.putIfAbsent(SUBJECT, alert.subject().name().toLowerCase(Locale.ROOT));
        }
        return Collections.unmodifiableSortedMap(labels);
    }

    private static int compare(SortedMap<String, String> a, SortedMap<String, String> b) {
        Iterator<Map.Entry<String, String>> others = b.entrySet().iterator();
        for (Map.Entry<String, String> entry : a.entrySet()) {
            if (!others.hasNext()) {
                return 1;
            }
            Map.Entry<String, String> other = others.next();
            int order = entry.getKey().compareTo(other.getKey());
            order = order != 0 ? order : entry.getValue().compareTo(other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    /** The entries that all maps have; none of no maps. */
    static SortedMap<String, String> common(List<SortedMap<String, String>> maps) {
        SortedMap<String, String> common = new TreeMap<>();
        if (!maps.isEmpty()) {
            for (Map.Entry<String, String> entry : maps.get(0).entrySet()) {
                if (maps.stream()
                        .allMatch(map -> entry.getValue().equals(map.get(entry.getKey())))) {
                    common.put(entry.getKey(), entry.getValue());
                }
            }
        }
        return Collections.unmodifiableSortedMap(common);
    }
}
