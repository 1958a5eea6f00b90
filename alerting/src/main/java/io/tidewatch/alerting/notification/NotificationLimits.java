package io.tidewatch.alerting.notification;

/**
 * What a notifier may hold.
 *
 * @param alertsMax ({@code alerts}) alerts that fire or are in a group; a new one beyond it is not notified, and counted
 * @param settledAlertsMax ({@code settled_alerts}) alerts that are over and in no group, kept to explain them; the oldest goes
 * @param groupsMax ({@code groups}) groups; an alert that needs one beyond it is not notified there, and says so
 * @param groupAlertsMax ({@code group_alerts}) alerts in one group; one beyond it is not notified there, and says so
 * @param deliveryAlertsMax ({@code delivery_alerts}) alerts that a delivery carries; others are counted in it as truncated
 * @param silencesMax ({@code silences}) silences that are not over; one beyond it is refused
 * @param ledgerMax ({@code ledger}) groups and integrations of which is known what they were told; the oldest goes
 * @param reasonsMax ({@code reasons}) reasons that one alert keeps; the oldest goes
 * @param stepsMax ({@code steps}) state changes that one alert keeps, in case they are withdrawn; the oldest goes
 * @param matchersMax ({@code matchers}) matchers in one list
 * @param matchersLengthMax ({@code matchers_length}) characters of one list of matchers
 */
public record NotificationLimits(
        int alertsMax,
        int settledAlertsMax,
        int groupsMax,
        int groupAlertsMax,
        int deliveryAlertsMax,
        int silencesMax,
        int ledgerMax,
        int reasonsMax,
        int stepsMax,
        int matchersMax,
        int matchersLengthMax) {
    public static final NotificationLimits DEFAULTS = new NotificationLimits(
            100_000, 10_000, 10_000, 10_000, 1_000, 1_000, 100_000, 30, 16, 64, 4_096);

    public NotificationLimits {
        int least = Math.min(alertsMax, Math.min(groupsMax, groupAlertsMax));
        least = Math.min(least, Math.min(deliveryAlertsMax, Math.min(ledgerMax, reasonsMax)));
        least = Math.min(least, Math.min(stepsMax, Math.min(matchersMax, matchersLengthMax)));
        if (least < 1 || silencesMax < 0 || settledAlertsMax < 0) {
            throw new IllegalArgumentException(
                    "limits: at least one is too small (expected: >= 1; silences and settled alerts >= 0)");
        }
    }
}
