package io.tidewatch.alerting.notification;

/**
 * A mistake in what notifications are configured as.
 *
 * @param path where, such as {@code route.routes[1].receiver}
 * @param message what is wrong, and what to write
 */
public record NotificationProblem(String path, String message) {}
