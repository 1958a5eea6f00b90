package io.tidewatch.alerting;

/** Whether people are told. */
public enum Mode {
    PAGE,
    /** Transitions are made and kept, and nobody is told. */
    SHADOW
}
