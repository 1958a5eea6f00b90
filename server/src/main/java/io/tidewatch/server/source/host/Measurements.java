package io.tidewatch.server.source.host;

/** Takes the measured values of one moment. */
interface Measurements {
    /**
     * Takes a value.
     *
     * @param instance which one of several; empty for the whole machine
     */
    void value(String kind, String metric, String instance, double value);

    /** Takes a value of a process. */
    void process(String metric, String name, long pid, double value);
}
