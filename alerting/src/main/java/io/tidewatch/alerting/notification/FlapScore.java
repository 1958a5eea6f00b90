package io.tidewatch.alerting.notification;

/**
 * How unsteady an alert is: a sum over its changes that decays exponentially.
 *
 * @param score at the time {@code at}
 * @param at of the latest change, in milliseconds since the epoch
 * @param isFlapping as of then
 */
public record FlapScore(double score, long at, boolean isFlapping) {
    static final FlapScore CALM = new FlapScore(0, 0, false);

    /** The score at {@code now}; a time before the latest change counts as that of the change. */
    double scoreAt(FlapPolicy policy, long now) {
        double halves = Math.max(0.0, (double) now - (double) at) / policy.halfLifeMillis();
        return score * StrictMath.pow(0.5, halves);
    }

    boolean isFlapping(FlapPolicy policy, long now) {
        return isFlapping && scoreAt(policy, now) >= policy.stopScore();
    }

    /** After another change. */
    FlapScore change(FlapPolicy policy, long now) {
        double next = scoreAt(policy, now) + 1;
        boolean flaps = next >= policy.startScore() || isFlapping(policy, now);
        return new FlapScore(next, Math.max(at, now), flaps);
    }
}
