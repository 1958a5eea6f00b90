package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.type.Type;
import java.util.List;
import java.util.Optional;

/** A function that queries may call: its documentation, its types, and how a call of it is made. */
public interface FunctionDefinition {
    /** The name, in capitals. */
    String name();

    /** How it is called, for example {@code SUBSTRING(text FROM start [FOR length])}. */
    String syntax();

    /** What it answers, in one or two sentences. */
    String description();

    FunctionCategory category();

    List<FunctionExample> examples();

    /** The type of a call with arguments of these types; empty if they do not fit. */
    Optional<Type> resultType(List<Type> argumentTypes);

    /**
     * A call with these arguments. Arguments that say how (units, patterns, time zones) must be literals.
     *
     * @throws io.tidewatch.kernel.error.TidewatchException QUERY_INVALID if the types do not fit, or a literal is not what
     *     the function needs, with the remedy
     */
    Expression call(List<Expression> arguments);
}
