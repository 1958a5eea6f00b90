package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The aggregates that a query may call; docs/reference/aggregates.md is rendered from this. */
public enum AggregateFunction {
    COUNT(
            "COUNT(*), COUNT(x, ...), COUNT(DISTINCT x, ...)",
            "The number of rows; with arguments, of the rows of which no argument is NULL."),
    SUM("SUM(x)", "The sum. NULL if there is no value.");

    private final String syntax;
    private final String description;

    AggregateFunction(String syntax, String description) {
        this.syntax = syntax;
        this.description = description;
    }

    /** The function of a name in upper case, or {@code null} if there is none. */
    public static @Nullable AggregateFunction byName(String name) {
        for (AggregateFunction function : values()) {
            if (function.name().equals(name)) {
                return function;
            }
        }
        return null;
    }

    /** How the function is written. */
    public String syntax() {
        return syntax;
    }

    public String description() {
        return description;
    }

    /**
     * The call of this function with such arguments.
     *
     * @param parameters the values of the arguments that must be literals, in order
     * @throws TidewatchException {@code QUERY_INVALID} or {@code QUERY_UNSUPPORTED} with what to write instead
     */
    public AggregateCall resolve(
            List<Type> argumentTypes,
            boolean distinct,
            List<?> parameters,
            AggregateLimits limits) {
        if (this == SUM && (argumentTypes.size() != 1 || !argumentTypes.get(0).isNumeric())) {
            throw new TidewatchException(
                    ErrorCode.QUERY_INVALID, format(argumentTypes, distinct, parameters));
        }
        return new AggregateCall(this, argumentTypes, distinct, new ArrayList<>(parameters));
    }

    static Type sumType(Type type) {
        return type.kind() == TypeKind.DECIMAL
                ? Type.decimal(Type.DECIMAL_PRECISION_MAX, type.scale())
                : type;
    }

    String format(List<Type> argumentTypes, boolean distinct, List<?> parameters) {
        List<String> arguments = new ArrayList<>();
        argumentTypes.forEach(type -> arguments.add(type.toString()));
        parameters.forEach(parameter -> arguments.add(String.valueOf(parameter)));
        return name() + "(" + (distinct ? "DISTINCT " : "") + String.join(", ", arguments) + ")";
    }
}
