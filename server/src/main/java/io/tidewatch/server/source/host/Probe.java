package io.tidewatch.server.source.host;

/** Measures. */
@FunctionalInterface
interface Probe {
    /** Gives what can be measured now. */
    void measure(Measurements into);
}
