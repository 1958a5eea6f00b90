package io.tidewatch.alerting;

/** When the condition is judged. */
public enum Evaluate {
    /** When the window is closed. */
    FINAL,
    /** Also before, as a provisional that the final evaluation confirms. */
    EARLY
}
