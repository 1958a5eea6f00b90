package io.tidewatch.alerting;

/** How a row of a monitor counts for the alert of its key. */
public enum Observation {
    /** The row is shown; its conditions count. */
    SHOWN,
    /** HAVING or a top-N removed the row: {@code when} is false and {@code clear} true, but the key was seen. */
    HIDDEN,
    /** The row, or one of its conditions, could not be computed: state and timers stand still, but the key was seen. */
    FAILED,
    /** An amendment folded the key into an overflow row: state and timers stand still. */
    FOLDED,
    /** Not of a key: the row that holds all keys of its key group beyond a limit. */
    OVERFLOW
}
