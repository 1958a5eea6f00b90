package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.alerting.Alert;
import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.AlertState;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.SharedData;
import io.tidewatch.alerting.Transition;
import io.tidewatch.alerting.Transition.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a real Prometheus told a real Alertmanager (0.25) is told to the notifier, which must decide what that Alertmanager sent
 * to its webhook: the same groups, labels, alerts and states in the same order.
 */
class CapturedBodiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Routes ROUTES =
            Routes.to("wh").by("alertname").every(1_000, 5_000, 3_600_000);

    private final List<Delivery> deliveries = new ArrayList<>();
    private final Map<String, Boolean> fires = new TreeMap<>();
    private final Notifier notifier = new Notifier(new NotificationSpec(
            ROUTES.spec(),
            List.of(new Receiver("wh", List.of(new Integration("webhook", true, 0))))));

    private @Nullable Instant clockAtStart;

    @Test
    void decidesWhatAlertmanagerSent() throws IOException {
        JsonNode told = read("wire/prometheus/prometheus_to_alertmanager.json");
        for (JsonNode request : told.get("requests")) {
            long at = Math.round(request.get("t").asDouble() * 1_000);
            advance(at);
            for (JsonNode alert : request.get("body")) {
                tell(at, alert);
            }
        }
        advance(60_000);
        JsonNode sent = read("wire/prometheus/alertmanager_webhook.json").get("requests");
        assertThat(deliveries).hasSize(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            assertThat(body(deliveries.get(i))).isEqualTo(body(sent.get(i).get("body")));
            // Alertmanager's timers ran a few milliseconds late, on its machine.
            double late =
                    sent.get(i).get("t").asDouble() * 1_000 - deliveries.get(i).decidedAt();
            assertThat(late).isBetween(-50.0, 50.0);
        }
    }

    /** The time of that Prometheus; the first alert was sent as it was evaluated. */
    private Instant clockOf(JsonNode alert, long at) {
        if (clockAtStart == null) {
            clockAtStart = Instant.parse(alert.get("startsAt").asText()).minusMillis(at);
        }
        return clockAtStart.plusMillis(at);
    }

    /** Prometheus says the same again and again; only changes are transitions. */
    private void tell(long at, JsonNode alert) {
        Map<String, String> labels = texts(alert.get("labels"));
        Instant heard = clockOf(alert, at);
        boolean isFiring =
                Instant.parse(alert.get("endsAt").asText()).isAfter(heard.plusMillis(1_000));
        String name = labels.toString();
        if (fires.getOrDefault(name, false) == isFiring) {
            return;
        }
        fires.put(name, isFiring);
        Alert about = new Alert(
                labels.getOrDefault("alertname", ""),
                "v1",
                name,
                Subject.CONDITION,
                Mode.PAGE,
                Map.of(),
                labels);
        AlertState to = isFiring ? AlertState.FIRING : AlertState.RESOLVED;
        Transition transition = Story.transition(
                name + isFiring, Kind.STATE, about, AlertState.INACTIVE, to, at, null);
        notifier.update(at, transition, false, deliveries::add);
    }

    private void advance(long at) {
        while (notifier.nextDue() <= at) {
            int before = deliveries.size();
            notifier.advance(notifier.nextDue(), deliveries::add);
            for (Delivery delivery : List.copyOf(deliveries.subList(before, deliveries.size()))) {
                notifier.answer(
                        delivery.decidedAt(),
                        delivery.id(),
                        Outcome.DELIVERED,
                        "",
                        deliveries::add);
            }
        }
    }

    private static Map<String, Object> body(Delivery delivery) {
        Map<String, Object> body = new TreeMap<>();
        body.put("receiver", delivery.receiver());
        body.put("status", delivery.status());
        body.put("groupKey", delivery.groupKey());
        body.put("groupLabels", delivery.groupLabels());
        body.put("commonLabels", delivery.commonLabels());
        body.put("truncatedAlerts", delivery.truncatedAlerts());
        TreeSet<String> alerts = new TreeSet<>();
        delivery.alerts().forEach(alert -> alerts.add(alert.status() + " " + alert.labels()));
        body.put("alerts", alerts);
        return body;
    }

    private static Map<String, Object> body(JsonNode sent) {
        Map<String, Object> body = new TreeMap<>();
        body.put("receiver", sent.get("receiver").asText());
        body.put("status", sent.get("status").asText());
        body.put("groupKey", sent.get("groupKey").asText());
        body.put("groupLabels", texts(sent.get("groupLabels")));
        body.put("commonLabels", texts(sent.get("commonLabels")));
        body.put("truncatedAlerts", sent.get("truncatedAlerts").asInt());
        TreeSet<String> alerts = new TreeSet<>();
        for (JsonNode alert : sent.get("alerts")) {
            alerts.add(alert.get("status").asText() + " " + texts(alert.get("labels")));
        }
        body.put("alerts", alerts);
        return body;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static JsonNode read(String name) throws IOException {
        return JSON.readTree(SharedData.file(name).toFile());
    }
}
