package io.tidewatch.kernel.aggregate;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One use of an aggregate in a query, without its arguments' expressions. Made by {@link AggregateFunction#resolve}, which
 * checks it. Calls that are equal, over equal arguments, have equal accumulators and may share them.
 *
 * @param argumentTypes the types of the columns that {@link Accumulators#accumulate} reads
 * @param distinct whether equal values count once; only where that matters
 * @param parameters the literals of the call, then the limits that its result depends on
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

    /** The type of the column that {@link Accumulators#finish} fills; internal functions give bytes as VARCHAR. */
    public Type resultType() {
        return switch (function) {
            case COUNT, APPROX_COUNT_DISTINCT -> Type.BIGINT;
            case SUM -> sumType(argument());
            case MIN, MAX, FIRST_VALUE, LAST_VALUE, LATEST_PANE -> argument();
            case BOOL_AND, BOOL_OR -> Type.BOOLEAN;
            case AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, APPROX_PERCENTILE, RATE ->
                Type.DOUBLE;
            case EXEMPLARS, POSITIONS, ROWS -> Type.VARCHAR;
        };
    }

    /** New accumulators without slots. */
    public Accumulators create() {
        return switch (function) {
            case COUNT ->
                distinct ? new DistinctAccumulators(intParameter(0)) : new CountAccumulators();
            case SUM -> new SumAccumulators(resultType());
            case AVG -> new AverageAccumulators(argument());
            case MIN, BOOL_AND -> extreme(false);
            case MAX, BOOL_OR, LATEST_PANE -> extreme(true);
            case STDDEV_POP -> new VarianceAccumulators(argument(), false, true);
            case STDDEV_SAMP -> new VarianceAccumulators(argument(), true, true);
            case VAR_POP -> new VarianceAccumulators(argument(), false, false);
            case VAR_SAMP -> new VarianceAccumulators(argument(), true, false);
            case FIRST_VALUE -> new PositionedAccumulators(argument(), false);
            case LAST_VALUE -> new PositionedAccumulators(argument(), true);
            case APPROX_COUNT_DISTINCT -> new ApproximateDistinctAccumulators();
            case APPROX_PERCENTILE ->
                new PercentileAccumulators(
                        argument(), (BigDecimal) parameters.get(0), intParameter(1));
            case RATE ->
                argumentTypes.isEmpty()
                        ? new RowRateAccumulators()
                        : new RateAccumulators(argument());
            case EXEMPLARS -> new ExemplarAccumulators();
            case POSITIONS -> new PositionAccumulators();
            case ROWS -> new RowAccumulators(intParameter(0));
        };
    }

    private Accumulators extreme(boolean greatest) {
        return argument().kind() == TypeKind.VARCHAR
                ? new ExtremeBytesAccumulators(greatest)
                : new ExtremeAccumulators(argument(), greatest);
    }

    private static Type sumType(Type type) {
        return type.kind() == TypeKind.DECIMAL
                ? Type.decimal(Type.DECIMAL_PRECISION_MAX, type.scale())
                : type;
    }

    private Type argument() {
        return argumentTypes.get(0);
    }

    private int intParameter(int index) {
        return (Integer) parameters.get(index);
    }

    /** The call as SQL, with types for arguments: {@code COUNT(DISTINCT VARCHAR)}. */
    @Override
    public String toString() {
        List<String> arguments = new ArrayList<>();
        argumentTypes.forEach(type -> arguments.add(type.toString()));
        parameters
                .subList(0, function.literals())
                .forEach(literal -> arguments.add(literal.toString()));
        if (arguments.isEmpty() && function == AggregateFunction.COUNT) {
            arguments.add("*");
        }
        return function.name() + "(" + (distinct ? "DISTINCT " : "") + String.join(", ", arguments)
                + ")";
    }
}
