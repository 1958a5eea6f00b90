package io.tidewatch.kernel.aggregate;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.type.Type;
import java.util.List;

/**
 * One use of an aggregate in a query, without its arguments' expressions. Made by {@link AggregateFunction#resolve}, which
 * checks it. Calls that are equal, over equal arguments, have equal accumulators and may share them.
 *
 * @param argumentTypes the types of the columns that {@link Accumulators#accumulate} reads
 * @param distinct whether equal values count once; only where that matters
 * @param parameters literals, and the limits that the result depends on
 */
public record AggregateCall(
        AggregateFunction function,
        List<Type> argumentTypes,
        boolean distinct,
        List<Object> parameters) {
    public AggregateCall {
        requireNonNull(function, "function");
        argumentTypes = List.copyOf(argumentTypes);
        parameters = List.copyOf(parameters);
    }

    public Type resultType() {
        return switch (function) {
            case COUNT -> Type.BIGINT;
            case SUM -> AggregateFunction.sumType(argumentTypes.get(0));
        };
    }

    /** New accumulators without slots. */
    public Accumulators create() {
        return switch (function) {
            case COUNT -> new CountAccumulators();
            case SUM -> new SumAccumulators(resultType());
        };
    }

    /** The call as SQL, with types for arguments: {@code COUNT(DISTINCT VARCHAR)}. */
    @Override
    public String toString() {
        return function.format(argumentTypes, distinct, parameters);
    }
}
