package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.Transition;
import io.tidewatch.kernel.plan.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What came out of an epoch.
 *
 * @param results in the order of (due time, window end, monitor, key)
 * @param transitions in the order of (time of evaluation, id)
 */
public record Updates(List<Result> results, List<Transition> transitions) {
    static final Comparator<Result> RESULT_ORDER = Comparator.comparingLong(Result::dueTime)
            .thenComparingLong(Result::windowEnd)
            .thenComparingLong(Result::windowStart)
            .thenComparingInt(Result::monitor)
            .thenComparing(Result::key, Arrays::compareUnsigned)
            .thenComparingLong(Result::ordinal)
            .thenComparingInt(Result::revision);

    private static final Comparator<Transition> TRANSITION_ORDER = Comparator.comparingLong(
                    (Transition transition) -> transition.provenance().dueTime())
            .thenComparingLong(Transition::at)
            .thenComparing(transition -> transition.alert().monitor())
            .thenComparing(transition -> transition.alert().fingerprint());

    public Updates {
        results = List.copyOf(results);
        transitions = List.copyOf(transitions);
    }

    /** The updates of all workers. Those of one alert keep their order. */
    static Updates inOrder(List<Updates> parts) {
        List<Result> results = new ArrayList<>();
        List<Transition> transitions = new ArrayList<>();
        for (Updates part : parts) {
            results.addAll(part.results);
            transitions.addAll(part.transitions);
        }
        results.sort(RESULT_ORDER);
        transitions.sort(TRANSITION_ORDER);
        return new Updates(results, transitions);
    }
}
