package io.tidewatch.alerting;

import io.tidewatch.kernel.type.Schema;

/**
 * The alerts of one version of a monitor.
 *
 * @param version hash of the monitor's canonical definition
 * @param keys the columns of the key
 * @param values the columns that transitions carry and templates read
 * @param branch of the monitor's UNION ALL that the alerts are on, 0 if there is none
 */
public record AlertSpec(
        String monitor,
        String version,
        AlertPolicy policy,
        AlertTiming timing,
        KeyFields keys,
        Schema values,
        int branch) {
    public AlertSpec {
        if (timing instanceof AlertTiming.Sessions && policy.absence() != null) {
            throw new IllegalArgumentException(
                    "absence: " + policy.absence() + " (expected: none, for sessions)");
        }
        if (timing instanceof AlertTiming.Sessions && policy.evaluate() == Evaluate.EARLY) {
            throw new IllegalArgumentException("evaluate: early (expected: final, for sessions)");
        }
        if (!(timing instanceof AlertTiming.Windowed) && policy.noData() != NoData.RESOLVE) {
            throw new IllegalArgumentException("noData: " + policy.noData()
                    + " (expected: RESOLVE, for without windows on a grid no row is missing)");
        }
    }

    /** The alerts of a monitor without branches. */
    public AlertSpec(
            String monitor,
            String version,
            AlertPolicy policy,
            AlertTiming timing,
            KeyFields keys,
            Schema values) {
        this(monitor, version, policy, timing, keys, values, 0);
    }

    /** The alerts of one branch of the monitor, which is evaluated at times of its own. */
    public AlertSpec ofBranch(int number, AlertTiming ownTiming) {
        return new AlertSpec(monitor, version, policy, ownTiming, keys, values, number);
    }

    boolean isWindowed() {
        return timing instanceof AlertTiming.Windowed;
    }

    /** How long after its end a window may be amended with consequences for alerts; 0 if never. */
    long amendableMillis() {
        return timing instanceof AlertTiming.Windowed windowed && policy.onAmend() != OnAmend.IGNORE
                ? windowed.amendableMillis()
                : 0;
    }

    /** Whether life cycles may be replayed. */
    public boolean replays() {
        return policy.onAmend() == OnAmend.AMEND && amendableMillis() > 0;
    }
}
