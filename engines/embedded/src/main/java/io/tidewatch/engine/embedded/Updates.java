package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.Transition;
import io.tidewatch.kernel.plan.OrderedResults;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.plan.WaitingResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What came out of an epoch.
 *
 * @param results in {@linkplain Result#ORDER their order}; each is made when it is asked for
 * @param transitions in the order of (time of evaluation, id)
 */
public record Updates(List<Result> results, List<Transition> transitions) {
    private static final Comparator<Transition> TRANSITION_ORDER = Comparator.comparingLong(
                    (Transition transition) -> transition.provenance().dueTime())
            .thenComparingLong(Transition::at)
            .thenComparing(transition -> transition.alert().monitor())
            .thenComparing(transition -> transition.alert().fingerprint());

    /** Wraps the results, which nobody may change afterwards. */
    public Updates {
        transitions = List.copyOf(transitions);
    }

    /** What all workers gave. The transitions of one alert keep their order. */
    static Updates inOrder(List<WaitingResults> results, List<Transition> transitions) {
        List<Transition> ordered = new ArrayList<>(transitions);
        ordered.sort(TRANSITION_ORDER);
        return new Updates(OrderedResults.of(results), ordered);
    }
}
