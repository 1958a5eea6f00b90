package io.tidewatch.alerting;

/** What it means that a known key has no row in a window. */
public enum NoData {
    /** {@code when} is false and {@code clear} true. */
    RESOLVE(Signal.CLEAR),
    /** State and timers stand still. */
    KEEP(Signal.KEEP),
    /** {@code when} is true. */
    ALERT(Signal.HOLDS);

    private final Signal signal;

    NoData(Signal signal) {
        this.signal = signal;
    }

    Signal signal() {
        return signal;
    }
}
