package io.tidewatch.alerting.notification;

import java.util.List;

/** Who is told, in each of its ways; without any, what is routed to it is told to nobody. */
public record Receiver(String name, List<Integration> integrations) {
    public Receiver {
        integrations = List.copyOf(integrations);
    }
}
