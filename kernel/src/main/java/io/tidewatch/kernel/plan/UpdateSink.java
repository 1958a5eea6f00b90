package io.tidewatch.kernel.plan;

/** Takes the results of monitors as they come out. */
@FunctionalInterface
public interface UpdateSink {
    /** The rows are valid during the call only. */
    void rows(MonitorRows rows);
}
