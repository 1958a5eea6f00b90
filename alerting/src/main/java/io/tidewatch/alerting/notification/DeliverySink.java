package io.tidewatch.alerting.notification;

/** Takes deliveries in the order in which they were decided. */
@FunctionalInterface
public interface DeliverySink {
    void decide(Delivery delivery);
}
