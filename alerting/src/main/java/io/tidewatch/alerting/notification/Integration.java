package io.tidewatch.alerting.notification;

/**
 * One way in which a receiver is told; where it leads and how is known to whoever sends.
 *
 * @param kind such as {@code webhook}
 * @param sendResolved ({@code send_resolved}) whether it is told what is over
 * @param maxAlerts ({@code max_alerts}) alerts in one delivery, 0 for as many as the limit allows
 */
public record Integration(String kind, boolean sendResolved, int maxAlerts) {}
