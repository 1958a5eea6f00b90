package io.tidewatch.kernel.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function with constant arguments, which tests evaluate.
 *
 * @param sql the call as a query writes it
 * @param arguments what the function's {@link FunctionDefinition#call} gets for it
 * @param expected the result, as CAST to VARCHAR writes it, or {@code null} for NULL
 */
public record FunctionExample(
        String sql, List<Expression> arguments, @Nullable String expected) {
    public FunctionExample {
        arguments = List.copyOf(arguments);
    }
}
