package io.tidewatch.server.suite;

import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;
import java.util.ArrayList;
import java.util.List;

/** Keeps what came out of a job during a test. */
public final class Observed implements JobOutput {
    private final List<ResultRow> results = new ArrayList<>();
    private final List<TransitionRow> transitions = new ArrayList<>();

    @Override
    public void result(ResultRow row) {
        results.add(row);
    }

    @Override
    public void transition(TransitionRow row) {
        transitions.add(row);
    }

    List<ResultRow> results(String monitor) {
        return results.stream().filter(row -> row.monitor().equals(monitor)).toList();
    }

    List<TransitionRow> transitions() {
        return List.copyOf(transitions);
    }

    List<TransitionRow> transitions(String monitor) {
        return transitions.stream().filter(row -> row.monitor().equals(monitor)).toList();
    }
}
