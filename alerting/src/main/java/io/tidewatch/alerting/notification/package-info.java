/**
 * From transitions to what people are told: routes, receivers, grouping, silences, inhibition, times of day,
 * acknowledgements, flapping. The words and their meaning are Prometheus Alertmanager's where it has a word. Start with
 * {@link io.tidewatch.alerting.notification.Notifier}, which takes what happens and gives {@linkplain
 * io.tidewatch.alerting.notification.Delivery deliveries}; {@link io.tidewatch.alerting.notification.NotificationSpec} is
 * what it is made of.
 *
 * <p>Invariants: every time comes from the caller. The same calls at the same times give the same deliveries, with the same
 * ids, also when the state was written and read in between. Whatever grows has a limit in {@link
 * io.tidewatch.alerting.notification.NotificationLimits}.
 *
 * <p>Deliberately not here: sending, retries, templates of messages, and reading YAML.
 */
@NullMarked
package io.tidewatch.alerting.notification;

import org.jspecify.annotations.NullMarked;
