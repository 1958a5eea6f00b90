package io.tidewatch.testkit;

import org.jspecify.annotations.Nullable;

/**
 * The life of one alert as Prometheus documents it for alerting rules: evaluated at fixed distances, active from the first
 * evaluation with a result, firing when that lasted {@code for}, and going on for {@code keep_firing_for} without one.
 *
 * <p>States: i inactive, p pending, f firing.
 */
final class PrometheusRule {
    private final long forMillis;
    private final long keepFiringForMillis;
    private char state = 'i';
    private long activeAt;
    private @Nullable Long keepFiringSince;

    PrometheusRule(long forMillis, long keepFiringForMillis) {
        this.forMillis = forMillis;
        this.keepFiringForMillis = keepFiringForMillis;
    }

    /** The state after an evaluation, and since when the alert is active: {@code f 15000}, or {@code i}. */
    String evaluate(boolean holds, long at) {
        if (holds) {
            keepFiringSince = null;
            if (state == 'i') {
                state = 'p';
                activeAt = at;
            }
        } else if (state != 'f' || !keepsFiring(at)) {
            state = 'i';
        }
        if (state == 'p' && at - activeAt >= forMillis) {
            state = 'f';
            keepFiringSince = null;
        }
        return state == 'i' ? "i" : state + " " + activeAt;
    }

    private boolean keepsFiring(long at) {
        if (keepFiringForMillis == 0) {
            return false;
        }
        if (keepFiringSince == null) {
            keepFiringSince = at;
        }
        return at - keepFiringSince < keepFiringForMillis;
    }
}
