package io.tidewatch.alerting;

/** Where an alert is in its life cycle. */
public enum AlertState {
    /** The condition does not hold. */
    INACTIVE('i'),
    /** The condition holds, but not yet for as long as {@code for} asks. */
    PENDING('p'),
    /** The alert is on. */
    FIRING('f'),
    /** The alert was on and is not any more; only transitions say so, what follows is inactive. */
    RESOLVED('r');

    private final char code;

    AlertState(char code) {
        this.code = code;
    }

    /** What stands for it in snapshots. */
    char code() {
        return code;
    }
}
