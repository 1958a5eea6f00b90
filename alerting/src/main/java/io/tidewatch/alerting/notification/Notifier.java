package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.Alert;
import io.tidewatch.alerting.AlertState;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.Transition;
import io.tidewatch.alerting.notification.Reason.Kind;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.TextPatterns;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is told what, and when: a machine of state and calls. Every call has a time, in milliseconds since the epoch, by
 * the caller's clock; one before the latest counts as the latest. Groups that were due before that time decide first, in the
 * order of their times; those due at it decide at {@link #advance}, so that all that happened at one time is told together.
 *
 * <p>The same calls give the same deliveries, with the same ids. Who records its calls before sending what they gave, and
 * writes the state now and then, sends after a crash exactly what it would have sent, and under the same ids.
 */
public final class Notifier {
    private final NotifierState state;
    private final Decider decider;

    /** @throws TidewatchException with CONFIGURATION_INVALID if the spec has problems; it names the first */
    public Notifier(NotificationSpec spec) {
        this(new NotifierState(checked(spec)));
    }

    private Notifier(NotifierState state) {
        this.state = state;
        this.decider = new Decider(state);
    }

    private static NotificationSpec checked(NotificationSpec spec) {
        List<NotificationProblem> problems = spec.problems();
        if (!problems.isEmpty()) {
            NotificationProblem first = problems.get(0);
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID, first.path() + ": " + first.message());
        }
        return spec;
    }

    /**
     * Goes on from what {@link #write} wrote. With other routes or receivers than then, alerts are routed anew, and
     * what was told is still known where the group's key and the receiver are the same.
     *
     * @throws TidewatchException with SNAPSHOT_CORRUPT if the bytes are nothing that this version can read
     */
    public static Notifier read(NotificationSpec spec, TextPatterns patterns, ByteReader in) {
        NotifierSnapshot snapshot = new NotifierSnapshot(checked(spec), patterns);
        Notifier notifier = new Notifier(snapshot.read(in));
        for (String fingerprint : snapshot.displaced()) {
            TrackedAlert alert = notifier.state.alerts.get(fingerprint);
            if (alert != null) {
                notifier.route(alert);
            }
        }
        return notifier;
    }

    /** Writes the state, of the bytes in docs/formats/notifier-state.md. */
    public void write(ByteWriter out) {
        NotifierSnapshot.write(state, out);
    }

    /**
     * When something will be decided that needs no other call: the time for the next {@link #advance}; Long.MAX_VALUE if
     * nothing will.
     */
    public long nextDue() {
        long group = state.due.isEmpty() ? Long.MAX_VALUE : state.due.first().dueAt;
        long provisional = state.provisionals.isEmpty()
                ? Long.MAX_VALUE
                : state.provisionals.first().provisionalUntil;
        return Math.min(group, provisional);
    }

    /** Time has come to {@code at}: what is due decides. */
    public void advance(long at, DeliverySink out) {
        moveTo(at, out);
        runThrough(state.now, out);
    }

    /** Nobody called for a while: what became due in between is due now, once. */
    public void resume(long at) {
        state.now = Math.max(state.now, at);
        for (AlertGroup group : List.copyOf(state.due)) {
            if (group.dueAt < state.now) {
                state.schedule(group, state.now);
            }
        }
        for (TrackedAlert alert : List.copyOf(state.provisionals)) {
            if (alert.provisionalUntil < state.now) {
                state.makeProvisional(
                        alert, Times.addClamped(state.now, state.spec.resolveTimeoutMillis()));
            }
        }
    }

    /**
     * A transition was made.
     *
     * @param historical whether it was made while catching up
     */
    public void update(long at, Transition transition, boolean historical, DeliverySink out) {
        moveTo(at, out);
        TrackedAlert alert = state.alert(transition);
        describe(alert, transition);
        switch (transition.kind()) {
            case STATE -> step(alert, transition, historical);
            case PROVISIONAL -> provisional(alert, transition, historical);
            case NOTE -> state.because(alert, Kind.NOTE, "", transition.id());
            case WITHDRAWN -> withdraw(alert, transition, historical);
        }
    }

    /** Labels stay while the alert fires or is in a group: they are how it got there. */
    private static void describe(TrackedAlert alert, Transition transition) {
        Alert about = transition.alert();
        if (alert.isIdle()) {
            alert.labels = Labels.of(about);
        }
        alert.isShadow = about.mode() == Mode.SHADOW;
    }

    private void step(TrackedAlert alert, Transition transition, boolean historical) {
        alert.add(transition, state.spec.limits().stepsMax());
        if (transition.to() == AlertState.PENDING) {
            state.because(alert, Kind.PENDING, "", "");
        }
        if (transition.to() == AlertState.FIRING) {
            alert.annotations = new TreeMap<>(transition.annotations());
        }
        follow(alert, transition, transition.at(), historical);
    }

    private void withdraw(TrackedAlert alert, Transition transition, boolean historical) {
        alert.steps.removeIf(step -> step.id().equals(transition.withdraws()));
        state.because(alert, Kind.WITHDRAWN, "", String.valueOf(transition.withdraws()));
        follow(alert, transition, transition.provenance().dueTime(), historical);
    }

    /** Lets the alert be what its steps say. */
    private void follow(TrackedAlert alert, Transition transition, long time, boolean historical) {
        boolean fires = alert.isFiringBySteps();
        if (fires && alert.isProvisional()) {
            state.endProvisional(alert);
            state.because(alert, Kind.CONFIRMED, "", transition.id());
        } else if (fires && !alert.isFiring) {
            fire(alert, alert.steps.get(alert.steps.size() - 1).at(), time, historical);
        } else if (!fires && alert.isFiring && !alert.isProvisional()) {
            end(alert, time, historical);
        }
    }

    private void provisional(TrackedAlert alert, Transition transition, boolean historical) {
        boolean isLate = !alert.steps.isEmpty()
                && alert.steps.get(alert.steps.size() - 1).at() >= transition.at();
        long until = Times.addClamped(
                Math.max(transition.at(), state.now), state.spec.resolveTimeoutMillis());
        if (alert.isFiring || isLate) {
            if (alert.isProvisional()) {
                state.makeProvisional(alert, Math.max(until, alert.provisionalUntil));
            }
            state.because(alert, Kind.PROVISIONAL, "", transition.id());
            return;
        }
        alert.annotations = new TreeMap<>(transition.annotations());
        long startsAt = Math.min(transition.at(), state.now);
        if (fire(alert, startsAt, startsAt, historical)) {
            state.makeProvisional(alert, until);
        }
    }

    private boolean fire(TrackedAlert alert, long startsAt, long time, boolean historical) {
        if (alert.isShadow) {
            state.because(alert, Kind.SHADOW, "", "");
            return false;
        }
        if (alert.isIdle() && !state.hasRoom()) {
            state.refusedAlerts++;
            state.because(
                    alert, Kind.LIMITED, "", "alerts: " + state.spec.limits().alertsMax());
            return false;
        }
        state.becomesBusy(alert);
        change(alert, time, historical);
        alert.isFiring = true;
        alert.startsAt = startsAt;
        alert.endsAt = 0;
        state.inhibitions.put(alert.fingerprint, alert.labels, true);
        route(alert);
        return true;
    }

    private void end(TrackedAlert alert, long time, boolean historical) {
        change(alert, time, historical);
        alert.isFiring = false;
        alert.endsAt = Math.max(alert.startsAt, time);
        state.endProvisional(alert);
        state.inhibitions.put(alert.fingerprint, alert.labels, false);
        route(alert);
        state.becomesIdle(alert);
    }

    private void change(TrackedAlert alert, long time, boolean historical) {
        alert.flapping = alert.flapping.change(state.spec.flapping(), time);
        alert.isHistorical = historical;
        alert.acknowledgement = null;
        alert.revision++;
    }

    private void route(TrackedAlert alert) {
        for (Route route : state.root.match(alert.labels)) {
            join(alert, route);
        }
    }

    /** Brings the alert into its group of a route; what is old news only where somebody was told that it fires. */
    private void join(TrackedAlert alert, Route route) {
        AlertGroup known = state.groups.get(AlertGroup.id(route, route.groupLabels(alert.labels)));
        AlertGroup group =
                known == null ? new AlertGroup(route, route.groupLabels(alert.labels)) : known;
        int integrations = integrations(route);
        if (alert.isHistorical
                && !route.historical()
                && !isToldFiring(alert, group, integrations)) {
            state.because(alert, Kind.HISTORICAL, group.key, "");
            return;
        }
        boolean isNew = !group.members.contains(alert.fingerprint);
        NotificationLimits limits = state.spec.limits();
        if (known == null && state.groups.size() >= limits.groupsMax()
                || isNew && group.members.size() >= limits.groupAlertsMax()) {
            state.refusedMemberships++;
            state.because(alert, Kind.LIMITED, group.key, "groups or alerts in a group");
            return;
        }
        if (known == null) {
            state.forgetOld(group, integrations);
            state.groups.put(group.id, group);
            state.schedule(group, Times.addClamped(state.now, route.groupWaitMillis()));
        }
        state.join(group, alert);
        boolean hasWaited = Times.addClamped(alert.startsAt, route.groupWaitMillis()) < state.now;
        if (!group.hasFlushed && hasWaited) {
            state.schedule(group, state.now);
        }
        if (isNew) {
            state.because(alert, Kind.GROUPED, group.key, "decides at " + group.dueAt);
        }
    }

    private boolean isToldFiring(TrackedAlert alert, AlertGroup group, int integrations) {
        for (int i = 0; i < integrations; i++) {
            Told told = state.told(group, i);
            if (told != null && told.state.firing().contains(alert.fingerprint)) {
                return true;
            }
        }
        return false;
    }

    private int integrations(Route route) {
        Receiver receiver = state.spec.receiver(route.receiver());
        return receiver == null ? 0 : receiver.integrations().size();
    }

    /** Catching up is over: what still fires is no old news. */
    public void caughtUp(long at, DeliverySink out) {
        moveTo(at, out);
        for (TrackedAlert alert : state.alerts.values()) {
            if (alert.isFiring && alert.isHistorical) {
                alert.isHistorical = false;
                state.because(alert, Kind.CAUGHT_UP, "", "");
                route(alert);
            }
        }
    }

    /**
     * Puts a silence in the place of one with the same id, if there is one.
     *
     * @throws TidewatchException with LIMIT_REACHED if there are too many; nothing changes then
     */
    public void silence(long at, Silence silence, DeliverySink out) {
        int max = state.spec.limits().silencesMax();
        long time = Math.max(at, state.now);
        long standing = state.silences.values().stream()
                .filter(other -> other.state(time) != Silence.State.EXPIRED)
                .filter(other -> !other.id().equals(silence.id()))
                .count();
        if (standing >= max) {
            throw new TidewatchException(
                    ErrorCode.LIMIT_REACHED,
                    "silences: there are " + standing + " (at most " + max
                            + "); let some expire, or write one that covers several");
        }
        moveTo(at, out);
        state.silences.values().removeIf(other -> other.state(time) == Silence.State.EXPIRED);
        state.silences.put(silence.id(), silence);
    }

    /** Ends a silence now; one that has not begun never does. Whether there was one. */
    public boolean expire(long at, String silenceId, DeliverySink out) {
        moveTo(at, out);
        Silence silence = state.silences.get(silenceId);
        if (silence == null || silence.state(state.now) == Silence.State.EXPIRED) {
            return false;
        }
        state.silences.remove(silenceId);
        return true;
    }

    /** Somebody takes care of an alert: it is not repeated until its state changes. Whether it fires. */
    public boolean acknowledge(
            long at, String fingerprint, String owner, String note, DeliverySink out) {
        Acknowledgement given = new Acknowledgement(owner, note, Math.max(at, state.now));
        moveTo(at, out);
        TrackedAlert alert = state.alerts.get(fingerprint);
        if (alert == null || !alert.isFiring) {
            return false;
        }
        alert.acknowledgement = given;
        return true;
    }

    /**
     * What became of a delivery; an answer to one that was answered before is ignored.
     *
     * @param detail what the receiver said
     */
    public void answer(
            long at, String deliveryId, Outcome outcome, String detail, DeliverySink out) {
        moveTo(at, out);
        Told.Key key = state.outstanding.get(deliveryId);
        Told told = key == null ? null : state.ledger.get(key);
        Told.Outstanding outstanding = told == null ? null : told.outstanding;
        if (key == null || told == null || outstanding == null) {
            return;
        }
        for (DeliveredAlert sent : outstanding.delivery().alerts()) {
            TrackedAlert alert = state.alerts.get(sent.fingerprint());
            if (alert != null) {
                String what = deliveryId + (detail.isEmpty() ? "" : ": " + detail);
                state.because(alert, outcome.reason(), key.place(), what);
            }
        }
        if (outcome.isFinal()) {
            conclude(told, outstanding, outcome);
        }
    }

    private void conclude(Told told, Told.Outstanding outstanding, Outcome outcome) {
        told.outstanding = null;
        state.outstanding.remove(outstanding.delivery().id());
        if (outcome == Outcome.DELIVERED) {
            told.at = outstanding.delivery().decidedAt();
            told.state = outstanding.state();
        }
        AlertGroup group = state.groups.get(outstanding.groupId());
        if (group != null) {
            group.hasFailed |= outcome != Outcome.DELIVERED;
            decider.settle(group);
        }
    }

    /** Why an alert was notified or not; null if nothing is known of it. */
    public @Nullable Explanation explain(String fingerprint) {
        TrackedAlert alert = state.alerts.get(fingerprint);
        if (alert == null) {
            return null;
        }
        List<Explanation.Membership> groups = new ArrayList<>();
        for (AlertGroup group : state.groups.values()) {
            if (group.members.contains(fingerprint)) {
                Route route = group.route;
                groups.add(new Explanation.Membership(
                        route.path(), group.key, route.receiver(), group.dueAt));
            }
        }
        return new Explanation(
                fingerprint,
                alert.labels,
                alert.isFiring,
                alert.flapping.isFlapping(state.spec.flapping(), state.now),
                alert.flapping.scoreAt(state.spec.flapping(), state.now),
                alert.acknowledgement,
                groups,
                List.copyOf(alert.reasons));
    }

    /** The deliveries that await an answer, to be sent again after a restart; by id. */
    public List<Delivery> outstanding() {
        List<Delivery> deliveries = new ArrayList<>();
        for (Told.Key key : state.outstanding.values()) {
            Told told = state.ledger.get(key);
            if (told != null && told.outstanding != null) {
                deliveries.add(told.outstanding.delivery());
            }
        }
        return deliveries;
    }

    /** The silences that are kept, by id. */
    public List<Silence> silences() {
        return List.copyOf(state.silences.values());
    }

    /** How many alerts a limit has left out so far, of all and of single groups, and how much of what was told is forgotten. */
    public LeftOut leftOut() {
        return new LeftOut(state.refusedAlerts, state.refusedMemberships, state.forgottenEntries);
    }

    /** What limits have left out so far. */
    public record LeftOut(long alerts, long memberships, long ledgerEntries) {}

    private void moveTo(long at, DeliverySink out) {
        long time = Math.max(at, state.now);
        if (time > Long.MIN_VALUE) {
            runThrough(time - 1, out);
        }
        state.now = time;
    }

    /** Decides what is due up to a time, included, each at its time. */
    private void runThrough(long time, DeliverySink out) {
        while (nextDue() <= time && nextDue() != Long.MAX_VALUE) {
            boolean isProvisional = !state.provisionals.isEmpty()
                    && state.provisionals.first().provisionalUntil == nextDue();
            state.now = Math.max(state.now, nextDue());
            if (isProvisional) {
                TrackedAlert alert = state.provisionals.first();
                state.because(alert, Kind.UNCONFIRMED, "", "");
                state.endProvisional(alert);
                end(alert, state.now, alert.isHistorical);
            } else {
                decider.decide(state.due.first(), out);
            }
        }
    }
}
