package io.tidewatch.alerting.notification;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a delivery carries it. Times are milliseconds since the epoch.
 *
 * @param labels of the alert, with {@code alertname}
 * @param startsAt when it fired
 * @param endsAt when it was over, 0 if it is not
 * @param isProvisional whether its window may not be closed yet
 * @param isHistorical whether it was raised while catching up
 * @param isFlapping whether further notifications are held until it is calm
 */
public record DeliveredAlert(
        String fingerprint,
        boolean isFiring,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        long startsAt,
        long endsAt,
        boolean isProvisional,
        boolean isHistorical,
        boolean isFlapping,
        @Nullable Acknowledgement acknowledgement) {
    public String status() {
        return isFiring ? "firing" : "resolved";
    }
}
