package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.AlertState;
import io.tidewatch.alerting.Transition;
import io.tidewatch.alerting.notification.Reason.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a notifier knows of one alert. */
final class TrackedAlert {
    /** The end of a provisional that is none. */
    static final long CONFIRMED = Long.MIN_VALUE;

    /** A change of state that stands, as long as it is not withdrawn. */
    record Step(String id, AlertState to, long at) {}

    final String fingerprint;
    SortedMap<String, String> labels;
    SortedMap<String, String> annotations = new TreeMap<>();
    boolean isShadow;
    final List<Step> steps = new ArrayList<>();
    boolean isFiring;
    long startsAt;
    long endsAt;

    /** When it is over unless confirmed, in milliseconds since the epoch; {@link #CONFIRMED} if it is no provisional. */
    long provisionalUntil = CONFIRMED;

    boolean isHistorical;

    @Nullable
    Acknowledgement acknowledgement;

    FlapScore flapping = FlapScore.CALM;

    /** Counts its beginnings and ends. */
    long revision;

    /** In how many groups it is; follows from them. */
    int groupCount;

    /** Since when it is over and in no group; follows from calls. */
    long idleSince;

    final Deque<Reason> reasons = new ArrayDeque<>();

    TrackedAlert(String fingerprint, SortedMap<String, String> labels) {
        this.fingerprint = fingerprint;
        this.labels = labels;
    }

    boolean isProvisional() {
        return provisionalUntil != CONFIRMED;
    }

    boolean isIdle() {
        return !isFiring && groupCount == 0;
    }

    /** Whether the latest step that stands says that it fires. */
    boolean isFiringBySteps() {
        return !steps.isEmpty() && steps.get(steps.size() - 1).to() == AlertState.FIRING;
    }

    /** Puts a step into its place in time; one that is there already is not put in again. */
    void add(Transition transition, int stepsMax) {
        int place = steps.size();
        while (place > 0 && steps.get(place - 1).at() > transition.at()) {
            place--;
        }
        if (steps.stream().noneMatch(step -> step.id().equals(transition.id()))) {
            steps.add(place, new Step(transition.id(), transition.to(), transition.at()));
        }
        if (steps.size() > stepsMax) {
            steps.remove(0);
        }
    }

    void because(long now, Kind kind, String place, String detail, int reasonsMax) {
        Reason next = Reason.of(now, kind, place, detail);
        Reason last = lastAt(place);
        if (last != null && last.isSame(next)) {
            reasons.removeLastOccurrence(last);
            reasons.addLast(last.again(now));
            return;
        }
        reasons.addLast(next);
        if (reasons.size() > reasonsMax) {
            reasons.removeFirst();
        }
    }

    private @Nullable Reason lastAt(String place) {
        Reason found = null;
        for (Reason reason : reasons) {
            if (reason.place().equals(place)) {
                found = reason;
            }
        }
        return found;
    }

    DeliveredAlert delivered(boolean isFlapping) {
        return new DeliveredAlert(
                fingerprint,
                isFiring,
                labels,
                annotations,
                startsAt,
                isFiring ? 0 : endsAt,
                isProvisional(),
                isHistorical,
                isFlapping,
                acknowledgement);
    }
}
