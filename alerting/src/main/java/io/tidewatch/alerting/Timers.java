package io.tidewatch.alerting;

/**
 * The waits of a life cycle.
 *
 * @param forMillis how long the condition must hold before the alert fires
 * @param keepFiringForMillis how long an alert goes on firing without its condition
 */
record Timers(long forMillis, long keepFiringForMillis) {
    static final Timers NONE = new Timers(0, 0);
}
