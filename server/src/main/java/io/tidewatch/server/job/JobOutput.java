package io.tidewatch.server.job;

import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;

/** Takes what comes out of a job. */
public interface JobOutput {
    void result(ResultRow row);

    void transition(TransitionRow row);
}
