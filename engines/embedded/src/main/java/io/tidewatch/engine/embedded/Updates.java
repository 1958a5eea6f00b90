package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.plan.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What came out of an epoch.
 *
 * @param results in the order of (due time, window end, monitor, key)
 */
public record Updates(List<Result> results) {
    private static final Comparator<Result> RESULT_ORDER = Comparator.comparingLong(Result::dueTime)
            .thenComparingLong(Result::windowEnd)
            .thenComparingLong(Result::windowStart)
            .thenComparingInt(Result::monitor)
            .thenComparing(Result::key, Arrays::compareUnsigned)
            .thenComparingLong(Result::ordinal)
            .thenComparingInt(Result::revision);

    public Updates {
        results = List.copyOf(results);
    }

    /** The updates of all workers. Those of one alert keep their order. */
    static Updates inOrder(List<Updates> parts) {
        List<Result> results = new ArrayList<>();
        for (Updates part : parts) {
            results.addAll(part.results);
        }
        results.sort(RESULT_ORDER);
        return new Updates(results);
    }
}
