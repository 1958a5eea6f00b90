package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.type.Type;
import java.util.List;

/** One call of every function. */
final class Calls {
    private Calls() {}

    static AggregateCall typical(AggregateFunction function) {
        return switch (function) {
            case COUNT, RATE, EXEMPLARS, POSITIONS -> function.resolve();
            case BOOL_AND, BOOL_OR -> function.resolve(Type.BOOLEAN);
            case LATEST_PANE -> function.resolve(Type.TIMESTAMP);
            case APPROX_PERCENTILE ->
                function.resolve(
                        List.of(Type.DOUBLE), false, List.of(0.5), AggregateLimits.DEFAULT);
            default -> function.resolve(Type.DOUBLE);
        };
    }
}
