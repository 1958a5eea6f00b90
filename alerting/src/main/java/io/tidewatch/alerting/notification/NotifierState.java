package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.Transition;
import io.tidewatch.alerting.notification.Reason.Kind;
import io.tidewatch.kernel.time.Times;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything that a notifier remembers, and what follows from it. */
final class NotifierState {
    private static final Comparator<TrackedAlert> BY_IDLE = Comparator.<TrackedAlert>comparingLong(
                    alert -> alert.idleSince)
            .thenComparing(alert -> alert.fingerprint);
    private static final Comparator<TrackedAlert> BY_UNTIL = Comparator.<TrackedAlert>comparingLong(
                    alert -> alert.provisionalUntil)
            .thenComparing(alert -> alert.fingerprint);

    final NotificationSpec spec;
    final Route root;
    final Inhibitions inhibitions;

    long now = Long.MIN_VALUE;
    long refusedAlerts;
    long refusedMemberships;
    long forgottenEntries;

    final TreeMap<String, TrackedAlert> alerts = new TreeMap<>();
    final TreeMap<String, AlertGroup> groups = new TreeMap<>();
    final TreeMap<Told.Key, Told> ledger = new TreeMap<>();
    final TreeMap<String, Silence> silences = new TreeMap<>();

    /** By delivery id, where it stands in the ledger; follows from the ledger. */
    final TreeMap<String, Told.Key> outstanding = new TreeMap<>();

    /** Follows from the groups. */
    final TreeSet<AlertGroup> due = new TreeSet<>(AlertGroup.BY_DUE);

    /** The provisionals; follows from the alerts. */
    final TreeSet<TrackedAlert> provisionals = new TreeSet<>(BY_UNTIL);

    /** Alerts that do not fire and are in no group; follows from both. */
    final TreeSet<TrackedAlert> idle = new TreeSet<>(BY_IDLE);

    NotifierState(NotificationSpec spec) {
        this.spec = spec;
        this.root = new Route(spec.route());
        this.inhibitions = new Inhibitions(spec.inhibitRules());
    }

    /** The alert of a transition, begun if need be. */
    TrackedAlert alert(Transition transition) {
        TrackedAlert known = alerts.get(transition.alert().fingerprint());
        if (known != null) {
            return known;
        }
        TrackedAlert alert =
                new TrackedAlert(transition.alert().fingerprint(), Labels.of(transition.alert()));
        alerts.put(alert.fingerprint, alert);
        becomesIdle(alert);
        return alert;
    }

    void because(TrackedAlert alert, Kind kind, String place, String detail) {
        alert.because(now, kind, place, detail, spec.limits().reasonsMax());
    }

    /** Whether there is room for another alert that fires or is in a group. */
    boolean hasRoom() {
        return alerts.size() - idle.size() < spec.limits().alertsMax();
    }

    /** To be called before an idle alert begins to fire, or comes into a group. */
    void becomesBusy(TrackedAlert alert) {
        idle.remove(alert);
    }

    /** To be called when an alert may have become idle. */
    void becomesIdle(TrackedAlert alert) {
        if (!alert.isIdle()) {
            return;
        }
        idle.remove(alert);
        alert.idleSince = now;
        idle.add(alert);
        // The alert at hand stays until the next one, so that its reasons can be read.
        while (idle.size() > spec.limits().settledAlertsMax() + 1) {
            TrackedAlert oldest = idle.first() == alert ? idle.last() : idle.first();
            idle.remove(oldest);
            alerts.remove(oldest.fingerprint);
        }
    }

    void makeProvisional(TrackedAlert alert, long until) {
        provisionals.remove(alert);
        alert.provisionalUntil = until;
        provisionals.add(alert);
    }

    void endProvisional(TrackedAlert alert) {
        provisionals.remove(alert);
        alert.provisionalUntil = TrackedAlert.CONFIRMED;
    }

    void schedule(AlertGroup group, long at) {
        due.remove(group);
        group.dueAt = at;
        due.add(group);
    }

    void join(AlertGroup group, TrackedAlert alert) {
        if (group.members.add(alert.fingerprint)) {
            becomesBusy(alert);
            alert.groupCount++;
        }
    }

    void leave(AlertGroup group, TrackedAlert alert) {
        if (group.members.remove(alert.fingerprint)) {
            alert.groupCount--;
            becomesIdle(alert);
        }
    }

    void drop(AlertGroup group) {
        due.remove(group);
        groups.remove(group.id);
    }

    @Nullable
    Told told(AlertGroup group, int integration) {
        return ledger.get(key(group, integration));
    }

    Told.Key key(AlertGroup group, int integration) {
        return new Told.Key(group.key, group.route.receiver(), integration);
    }

    /** The entry, begun if need be, for which the oldest that awaits no answer may have to go. */
    Told toldOrNew(Told.Key key) {
        Told known = ledger.get(key);
        if (known != null) {
            return known;
        }
        if (ledger.size() >= spec.limits().ledgerMax()) {
            forgetOldest();
        }
        Told told = new Told();
        ledger.put(key, told);
        return told;
    }

    private void forgetOldest() {
        ledger.entrySet().stream()
                .filter(entry -> entry.getValue().outstanding == null)
                .min(Comparator.comparingLong(entry -> entry.getValue().at))
                .map(Map.Entry::getKey)
                .ifPresent(oldest -> {
                    ledger.remove(oldest);
                    forgottenEntries++;
                });
    }

    /** What was told of a group that is there no more is forgotten after two {@code repeat_interval}s. */
    void forgetOld(AlertGroup group, int integrations) {
        for (int i = 0; i < integrations; i++) {
            Told told = told(group, i);
            if (told != null && told.outstanding == null) {
                long repeat = group.route.repeatIntervalMillis();
                if (Times.addClamped(Times.addClamped(told.at, repeat), repeat) < now) {
                    ledger.remove(key(group, i));
                }
            }
        }
    }
}
