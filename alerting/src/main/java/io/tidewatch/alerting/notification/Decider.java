package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.notification.Delivery.Occasion;
import io.tidewatch.alerting.notification.Reason.Kind;
import io.tidewatch.kernel.batch.Digest;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides, when a group is due, what each integration of its receiver is told: Alertmanager's inhibit, time interval, silence
 * and deduplication stages ({@code notify/notify.go}).
 */
final class Decider {
    /** Why an alert is muted for everybody, and by what. */
    private record Mute(Kind kind, String detail) {}

    private final NotifierState state;

    Decider(NotifierState state) {
        this.state = state;
    }

    /** The group is due. */
    void decide(AlertGroup group, DeliverySink out) {
        Receiver receiver = receiver(group.route);
        group.hasFlushed = true;
        group.hasFailed = false;
        state.schedule(group, Times.addClamped(state.now, group.route.groupIntervalMillis()));
        Map<String, Mute> mutes = mutes(group);
        group.over.clear();
        for (TrackedAlert alert : members(group)) {
            if (!alert.isFiring) {
                group.over.put(alert.fingerprint, alert.revision);
            }
            if (receiver.integrations().isEmpty()) {
                state.because(alert, Kind.NO_INTEGRATION, group.key, receiver.name());
            }
        }
        for (int i = 0; i < receiver.integrations().size(); i++) {
            integration(group, receiver, i, mutes, out);
        }
        settle(group);
    }

    /** Lets alerts that are over go, once all integrations are told what there was to tell of them. */
    void settle(AlertGroup group) {
        int integrations = receiver(group.route).integrations().size();
        for (int i = 0; i < integrations; i++) {
            Told told = state.told(group, i);
            if (told != null && told.outstanding != null) {
                return;
            }
        }
        if (group.hasFailed) {
            return;
        }
        for (TrackedAlert alert : members(group)) {
            Long revision = group.over.get(alert.fingerprint);
            boolean isTold = revision != null && revision == alert.revision && !alert.isFiring;
            if (isTold && !isFlapping(alert)) {
                state.leave(group, alert);
            }
        }
        if (group.members.isEmpty()) {
            state.drop(group);
        }
    }

    private Receiver receiver(Route route) {
        Receiver receiver = state.spec.receiver(route.receiver());
        return receiver == null ? new Receiver(route.receiver(), List.of()) : receiver;
    }

    private List<TrackedAlert> members(AlertGroup group) {
        List<TrackedAlert> members = new ArrayList<>();
        for (String fingerprint : group.members) {
            TrackedAlert alert = state.alerts.get(fingerprint);
            if (alert != null) {
                members.add(alert);
            }
        }
        return members;
    }

    private boolean isFlapping(TrackedAlert alert) {
        return alert.flapping.isFlapping(state.spec.flapping(), state.now);
    }

    private Map<String, Mute> mutes(AlertGroup group) {
        Mute byTime = byTime(group.route.spec());
        Map<String, Mute> mutes = new TreeMap<>();
        for (TrackedAlert alert : members(group)) {
            Mute mute = mute(alert, byTime);
            if (mute != null) {
                mutes.put(alert.fingerprint, mute);
            }
        }
        return mutes;
    }

    /** The first of all that mutes an alert, with the others in its detail. */
    private @Nullable Mute mute(TrackedAlert alert, @Nullable Mute byTime) {
        List<Mute> all = new ArrayList<>();
        SortedSet<String> inhibitors = state.inhibitions.inhibitors(alert.labels);
        if (!inhibitors.isEmpty()) {
            all.add(new Mute(Kind.INHIBITED, "by alert " + String.join(", ", inhibitors)));
        }
        if (byTime != null) {
            all.add(byTime);
        }
        List<String> silences = state.silences.values().stream()
                .filter(silence -> silence.mutes(alert.labels, state.now))
                .map(Silence::id)
                .toList();
        if (!silences.isEmpty()) {
            all.add(new Mute(Kind.SILENCED, "by silence " + String.join(", ", silences)));
        }
        if (all.isEmpty()) {
            return null;
        }
        StringBuilder detail = new StringBuilder(all.get(0).detail());
        all.subList(1, all.size()).forEach(other -> detail.append("; also ")
                .append(other.kind().text())
                .append(' ')
                .append(other.detail()));
        return new Mute(all.get(0).kind(), detail.toString());
    }

    private @Nullable Mute byTime(RouteSpec route) {
        String muted = state.spec.intervalAt(route.muteTimeIntervals(), state.now);
        boolean hasActive = !route.activeTimeIntervals().isEmpty();
        if (hasActive && state.spec.intervalAt(route.activeTimeIntervals(), state.now) == null) {
            return new Mute(
                    Kind.MUTED, "outside of " + String.join(", ", route.activeTimeIntervals()));
        }
        return muted == null ? null : new Mute(Kind.MUTED, "within " + muted);
    }

    private void integration(
            AlertGroup group,
            Receiver receiver,
            int number,
            Map<String, Mute> mutes,
            DeliverySink out) {
        Told.Key key = state.key(group, number);
        Told told = state.ledger.get(key);
        if (told != null && told.outstanding != null) {
            String id = told.outstanding.delivery().id();
            members(group).forEach(alert -> state.because(alert, Kind.AWAITING, key.place(), id));
            return;
        }
        List<TrackedAlert> sent = new ArrayList<>();
        Told.State said = told == null ? Told.State.empty() : told.state;
        Told.State next = Told.State.empty();
        for (TrackedAlert alert : members(group)) {
            if (isLeftOut(alert, group, key, told, mutes.get(alert.fingerprint))) {
                continue;
            }
            if (isFlapping(alert)) {
                next.flapping().add(alert.fingerprint);
            }
            if (isFlapping(alert) && said.flapping().contains(alert.fingerprint)) {
                hold(alert, key, said, next);
            } else {
                (alert.isFiring ? next.firing() : next.resolved()).add(alert.fingerprint);
                sent.add(alert);
            }
        }
        Integration integration = receiver.integrations().get(number);
        Occasion occasion = occasion(group.route, integration, told, next, sent);
        if (occasion == null) {
            sent.forEach(alert -> unchanged(alert, group.route, key, told));
        } else {
            deliver(group, key, integration, occasion, next, sent, out);
        }
    }

    private boolean isLeftOut(
            TrackedAlert alert,
            AlertGroup group,
            Told.Key key,
            @Nullable Told told,
            @Nullable Mute mute) {
        if (mute != null) {
            state.because(alert, mute.kind(), key.place(), mute.detail());
            return true;
        }
        boolean isKnown = told != null && told.state.firing().contains(alert.fingerprint);
        if (alert.isHistorical && !group.route.historical() && !isKnown) {
            state.because(alert, Kind.HISTORICAL, key.place(), "");
            return true;
        }
        return false;
    }

    /** An alert that flaps counts as what was told of it. */
    private void hold(TrackedAlert alert, Told.Key key, Told.State told, Told.State next) {
        if (told.firing().contains(alert.fingerprint)) {
            next.firing().add(alert.fingerprint);
        } else if (told.resolved().contains(alert.fingerprint)) {
            next.resolved().add(alert.fingerprint);
        }
        state.because(alert, Kind.FLAPPING, key.place(), "");
    }

    private @Nullable Occasion occasion(
            Route route,
            Integration integration,
            @Nullable Told told,
            Told.State next,
            List<TrackedAlert> sent) {
        if (next.isEmpty()) {
            return null;
        }
        if (told == null || told.at == Told.NEVER) {
            return next.firing().isEmpty() ? null : Occasion.FIRST;
        }
        if (!told.state.firing().containsAll(next.firing())) {
            return Occasion.NEW_ALERTS;
        }
        if (next.firing().isEmpty()) {
            return told.state.firing().isEmpty() ? null : Occasion.ALL_RESOLVED;
        }
        if (integration.sendResolved() && !told.state.resolved().containsAll(next.resolved())) {
            return Occasion.SOME_RESOLVED;
        }
        boolean repeats = state.now - told.at >= route.repeatIntervalMillis()
                && sent.stream().anyMatch(alert -> alert.isFiring && alert.acknowledgement == null);
        return repeats ? Occasion.REPEAT : null;
    }

    private void unchanged(TrackedAlert alert, Route route, Told.Key key, @Nullable Told told) {
        Acknowledgement acknowledgement = alert.acknowledgement;
        if (told == null || told.at == Told.NEVER || !alert.isFiring) {
            state.because(alert, Kind.UNCHANGED, key.place(), "over, and nothing is left to say");
        } else if (acknowledgement != null) {
            state.because(alert, Kind.ACKNOWLEDGED, key.place(), "by " + acknowledgement.owner());
        } else {
            long next = Times.addClamped(told.at, route.repeatIntervalMillis());
            state.because(alert, Kind.UNCHANGED, key.place(), "repeated from " + next + " on");
        }
    }

    private void deliver(
            AlertGroup group,
            Told.Key key,
            Integration integration,
            Occasion occasion,
            Told.State next,
            List<TrackedAlert> alerts,
            DeliverySink out) {
        List<TrackedAlert> sent = new ArrayList<>(alerts);
        if (!integration.sendResolved()) {
            sent.removeIf(alert -> !alert.isFiring);
            alerts.stream()
                    .filter(alert -> !alert.isFiring)
                    .forEach(alert -> state.because(alert, Kind.END_NOT_SENT, key.place(), ""));
        }
        Told told = state.toldOrNew(key);
        if (sent.isEmpty()) {
            told.at = state.now;
            told.state = next;
            return;
        }
        sent.sort(Comparator.<TrackedAlert, SortedMap<String, String>>comparing(
                        alert -> alert.labels, Labels.ORDER)
                .thenComparing(alert -> alert.fingerprint));
        Delivery delivery = delivery(group, key, integration, occasion, sent, next);
        told.outstanding = new Told.Outstanding(delivery, group.id, next);
        state.outstanding.put(delivery.id(), key);
        for (int i = 0; i < sent.size(); i++) {
            Kind kind = i < delivery.alerts().size() ? Kind.DECIDED : Kind.TRUNCATED;
            state.because(sent.get(i), kind, key.place(), occasion.word() + ", " + delivery.id());
        }
        out.decide(delivery);
    }

    private Delivery delivery(
            AlertGroup group,
            Told.Key key,
            Integration integration,
            Occasion occasion,
            List<TrackedAlert> sent,
            Told.State next) {
        int limit = state.spec.limits().deliveryAlertsMax();
        int room = integration.maxAlerts() > 0 ? Math.min(integration.maxAlerts(), limit) : limit;
        List<DeliveredAlert> carried = sent.stream()
                .limit(room)
                .map(alert -> alert.delivered(next.flapping().contains(alert.fingerprint)))
                .toList();
        return new Delivery(
                id(key, sent),
                key.receiver(),
                key.integration(),
                integration.kind(),
                group.key,
                group.route.path(),
                group.labels,
                occasion,
                state.now,
                carried,
                sent.size() - carried.size());
    }

    private String id(Told.Key key, List<TrackedAlert> sent) {
        Digest digest = Digest.of("delivery")
                .text(key.groupKey())
                .text(key.receiver())
                .number(key.integration())
                .number(state.now);
        for (TrackedAlert alert : sent) {
            digest.text(alert.fingerprint).number(alert.isFiring ? 1 : 0).number(alert.startsAt);
        }
        return digest.id();
    }
}
