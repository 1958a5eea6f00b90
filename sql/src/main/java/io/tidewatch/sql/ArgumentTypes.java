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

    /** Types that are tried in the place of one that does not fit, numbers with a fraction first. */
    private static final List<Type> INSTEAD =
            List.of(Type.DOUBLE, Type.BIGINT, Type.VARCHAR, Type.TIMESTAMP, Type.BOOLEAN);

    private ArgumentTypes() {}

    /** The first of the arguments that do not fit, and a type that would. */
    record Misfit(int index, Type from, Type to) {}

    /** What to give other types: one argument, or all those of the same type; empty if that is of no help. */
    static Optional<Misfit> misfit(FunctionDefinition definition, List<Optional<Type>> types) {
        for (boolean all : new boolean[] {false, true}) {
            for (int i = 0; i < types.size(); i++) {
                Type from = types.get(i).orElse(null);
                for (Type to : from == null ? List.<Type>of() : INSTEAD) {
                    if (resolved(definition, replaced(types, i, to, all)).isPresent()) {
                        return Optional.of(new Misfit(i, types.get(i).orElseThrow(), to));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<Optional<Type>> replaced(
            List<Optional<Type>> types, int index, Type to, boolean all) {
        List<Optional<Type>> replaced = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean replaces = i == index || all && types.get(i).equals(types.get(index));
            replaced.add(replaces ? Optional.of(to) : types.get(i));
        }
        return replaced;
    }

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
