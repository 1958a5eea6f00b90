package io.tidewatch.alerting.notification;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The alerts of one route with the same values of its {@code group_by} labels. */
final class AlertGroup {
    /** By the time at which they decide, then by what they are. */
    static final Comparator<AlertGroup> BY_DUE = Comparator.<AlertGroup>comparingLong(
                    group -> group.dueAt)
            .thenComparing(group -> group.id);

    final Route route;
    final SortedMap<String, String> labels;
    final String key;

    /** Route and labels; no two groups have the same. */
    final String id;

    long dueAt;
    boolean hasFlushed;

    /** Whether a delivery of the latest decision failed for good, so that alerts that are over stay until the next. */
    boolean hasFailed;

    final TreeSet<String> members = new TreeSet<>();

    /** The revisions of the alerts that were over when the group decided last. */
    final TreeMap<String, Long> over = new TreeMap<>();

    AlertGroup(Route route, SortedMap<String, String> labels) {
        this.route = route;
        this.labels = labels;
        this.key = route.groupKey(labels);
        this.id = id(route, labels);
    }

    static String id(Route route, SortedMap<String, String> labels) {
        return route.path() + ":" + Quoting.labels(labels);
    }
}
