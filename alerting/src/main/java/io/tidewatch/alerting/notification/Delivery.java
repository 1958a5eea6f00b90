package io.tidewatch.alerting.notification;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The decision to tell one integration of a receiver the state of one group. It is to be recorded before it is sent, and sent
 * with its id until it is answered.
 *
 * @param id hash of the group, the integration, the time, and the alerts with their states
 * @param integration its place among the receiver's
 * @param groupKey names the group, as Alertmanager names it
 * @param decidedAt in milliseconds since the epoch
 * @param alerts ordered by their labels
 * @param truncatedAlerts how many there was no room for
 */
public record Delivery(
        String id,
        String receiver,
        int integration,
        String kind,
        String groupKey,
        String route,
        SortedMap<String, String> groupLabels,
        Occasion occasion,
        long decidedAt,
        List<DeliveredAlert> alerts,
        int truncatedAlerts) {
    /** What made it necessary. */
    public enum Occasion {
        /** The integration knows nothing of the group. */
        FIRST,
        /** Alerts fire that did not when it was told last. */
        NEW_ALERTS,
        /** All that fired is over. */
        ALL_RESOLVED,
        /** Alerts are over, others fire. */
        SOME_RESOLVED,
        /** {@code repeat_interval} has passed. */
        REPEAT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Delivery {
        alerts = List.copyOf(alerts);
    }

    public String status() {
        return alerts.stream().anyMatch(DeliveredAlert::isFiring) ? "firing" : "resolved";
    }

    /** The labels that all its alerts have with the same values. */
    public SortedMap<String, String> commonLabels() {
        return Labels.common(alerts.stream().map(DeliveredAlert::labels).toList());
    }

    /** The annotations that all its alerts have with the same values. */
    public SortedMap<String, String> commonAnnotations() {
        return Labels.common(alerts.stream().map(DeliveredAlert::annotations).toList());
    }
}
