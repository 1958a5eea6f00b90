package io.tidewatch.sql;

import io.tidewatch.kernel.expression.FunctionDefinition;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types of the arguments of a function, of which a bare NULL has none. */
final class ArgumentTypes {
    private static final List<Type> CANDIDATES = List.of(
            Type.VARCHAR, Type.BIGINT, Type.DOUBLE, Type.BOOLEAN, Type.TIMESTAMP, Type.INTERVAL);

    private ArgumentTypes() {}

    /**
     * The types with one in the place of each NULL that lets the function take them; the same for all, that of the other
     * arguments first.
     *
     * @param types of the arguments; absent for a bare NULL
     */
    static Optional<List<Type>> resolved(
            FunctionDefinition definition, List<Optional<Type>> types) {
        List<Type> candidates = new ArrayList<>();
        types.forEach(type -> type.ifPresent(candidates::add));
        candidates.addAll(CANDIDATES);
        for (Type candidate : candidates) {
            List<Type> tried =
                    types.stream().map(type -> type.orElse(candidate)).toList();
            if (definition.resultType(tried).isPresent()) {
                return Optional.of(tried);
            }
        }
        return Optional.empty();
    }
}
