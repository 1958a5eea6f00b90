package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.Alert;
import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.AlertState;
import io.tidewatch.alerting.Marks;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.Provenance;
import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.alerting.Transition;
import io.tidewatch.alerting.Transition.Kind;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notifier and what is told to it. Alerts are named by their labels, {@code a/team=x}: the monitor, then labels; that is
 * their fingerprint as well.
 */
final class Story {
    Notifier notifier;
    final List<Delivery> all = new ArrayList<>();
    private final List<Delivery> fresh = new ArrayList<>();
    private int transitions;
    private Mode mode = Mode.PAGE;
    private boolean historical;

    Story(NotificationSpec spec) {
        notifier = new Notifier(spec);
    }

    /** One receiver with one webhook, which is told everything together after 30, every 300 and again after 1000 ms. */
    Story() {
        this(spec(Routes.to("team").every(30, 300, 1_000)));
    }

    static NotificationSpec spec(Routes routes, InhibitRule... rules) {
        return spec(routes, Map.of(), rules);
    }

    static NotificationSpec spec(
            Routes routes, Map<String, List<TimeInterval>> times, InhibitRule... rules) {
        Integration webhook = new Integration("webhook", true, 0);
        return new NotificationSpec(
                routes.spec(),
                List.of(
                        new Receiver("team", List.of(webhook)),
                        new Receiver("other", List.of(webhook)),
                        new Receiver("mail", List.of(new Integration("email", false, 0))),
                        new Receiver("two", List.of(webhook, new Integration("email", false, 1))),
                        new Receiver("nobody", List.of())),
                List.of(rules),
                times,
                FlapPolicy.OFF,
                NotificationSpec.RESOLVE_TIMEOUT_MILLIS,
                NotificationLimits.DEFAULTS);
    }

    Story shadow() {
        mode = Mode.SHADOW;
        return this;
    }

    Story historical(boolean isHistorical) {
        historical = isHistorical;
        return this;
    }

    /** It fires from now on; the id of the transition. */
    String fire(long at, String name) {
        return state(at, name, AlertState.INACTIVE, AlertState.FIRING);
    }

    String resolve(long at, String name) {
        return state(at, name, AlertState.FIRING, AlertState.RESOLVED);
    }

    String state(long at, String name, AlertState from, AlertState to) {
        return update(at, Kind.STATE, name, from, to, at, null);
    }

    String provisional(long at, String name, long windowEnd) {
        return update(
                at,
                Kind.PROVISIONAL,
                name,
                AlertState.INACTIVE,
                AlertState.FIRING,
                windowEnd,
                null);
    }

    String withdraw(long at, String name, String id) {
        return update(at, Kind.WITHDRAWN, name, AlertState.INACTIVE, AlertState.FIRING, at, id);
    }

    String update(
            long at,
            Kind kind,
            String name,
            AlertState from,
            AlertState to,
            long eventTime,
            @Nullable String withdraws) {
        String id = "t" + transitions++;
        Transition transition =
                transition(id, kind, alert(name, mode), from, to, eventTime, withdraws);
        notifier.update(at, transition, historical, fresh::add);
        return id;
    }

    static Transition transition(
            String id,
            Kind kind,
            Alert alert,
            AlertState from,
            AlertState to,
            long at,
            @Nullable String withdraws) {
        Provenance provenance = new Provenance(at, at, 0, at, Cause.ROW, List.of(), List.of());
        return new Transition(
                id,
                kind,
                alert,
                from,
                to,
                at,
                at,
                Map.of(),
                Marks.NONE,
                Map.of("summary", "of " + alert.fingerprint()),
                provenance,
                withdraws);
    }

    static Alert alert(String name, Mode mode) {
        String[] parts = name.split("/", -1);
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            labels.put(pair[0], pair[1]);
        }
        return new Alert(parts[0], "v1", name, Subject.CONDITION, mode, Map.of(), labels);
    }

    Story silence(long at, String id, String matchers, long startsAt, long endsAt) {
        notifier.silence(
                at,
                new Silence(id, Routes.matchers(matchers), startsAt, endsAt, "me", "because"),
                fresh::add);
        return this;
    }

    /** What is decided up to this time, all of it answered at once. */
    List<String> until(long at) {
        List<String> shown = new ArrayList<>();
        while (notifier.nextDue() <= at) {
            notifier.advance(notifier.nextDue(), fresh::add);
            shown.addAll(answered(Outcome.DELIVERED));
        }
        notifier.advance(at, fresh::add);
        shown.addAll(answered(Outcome.DELIVERED));
        return shown;
    }

    /** What is decided up to this time, without an answer. */
    List<String> unanswered(long at) {
        notifier.advance(at, fresh::add);
        List<String> shown = fresh.stream().map(Story::show).toList();
        all.addAll(fresh);
        fresh.clear();
        return shown;
    }

    private List<String> answered(Outcome outcome) {
        List<Delivery> now = List.copyOf(fresh);
        fresh.clear();
        all.addAll(now);
        for (Delivery delivery : now) {
            notifier.answer(delivery.decidedAt(), delivery.id(), outcome, "", fresh::add);
        }
        return now.stream().map(Story::show).toList();
    }

    void answer(long at, Outcome outcome) {
        notifier.answer(at, all.get(all.size() - 1).id(), outcome, "says so", fresh::add);
    }

    boolean acknowledge(long at, String name) {
        return notifier.acknowledge(at, name, "ann", "looking", fresh::add);
    }

    void caughtUp(long at) {
        historical = false;
        notifier.caughtUp(at, fresh::add);
    }

    void expire(long at, String id) {
        notifier.expire(at, id, fresh::add);
    }

    /** As after a restart. */
    void restart(NotificationSpec spec) {
        ByteWriter out = new ByteWriter(0);
        notifier.write(out);
        notifier = Notifier.read(spec, JdkPatterns.INSTANCE, new ByteReader(out.copyBytes()));
    }

    /** The kinds of the alert's reasons, oldest first. */
    List<String> reasons(String name) {
        Explanation explanation = notifier.explain(name);
        return explanation == null
                ? List.of()
                : explanation.reasons().stream()
                        .map(reason -> reason.kind().word())
                        .toList();
    }

    String reason(String name) {
        Explanation explanation = notifier.explain(name);
        List<Reason> reasons = explanation == null ? List.of() : explanation.reasons();
        Reason last = reasons.get(reasons.size() - 1);
        return last.kind().word() + " " + last.detail();
    }

    /** {@code 30 first team[0]: +a -b}, where + fires and − is over. */
    static String show(Delivery delivery) {
        StringBuilder shown = new StringBuilder();
        shown.append(delivery.decidedAt())
                .append(' ')
                .append(delivery.occasion().word())
                .append(' ')
                .append(delivery.receiver())
                .append('[')
                .append(delivery.integration())
                .append("]:");
        for (DeliveredAlert alert : delivery.alerts()) {
            shown.append(alert.isFiring() ? " +" : " -").append(alert.fingerprint());
        }
        return shown.toString();
    }
}
