package io.tidewatch.kernel.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library of scalar functions, by name. */
public final class Functions {
    private final Map<String, FunctionDefinition> byName;

    private Functions(List<? extends FunctionDefinition> definitions) {
        Map<String, FunctionDefinition> names = new LinkedHashMap<>();
        for (FunctionDefinition definition : definitions) {
            if (names.put(definition.name(), definition) != null) {
                throw new IllegalStateException(
                        "function '" + definition.name() + "' is defined twice");
            }
        }
        byName = Collections.unmodifiableMap(names);
    }

    /** All functions; those that take regular expressions use {@code patterns}. */
    public static Functions with(TextPatterns patterns) {
        List<FunctionDefinition> definitions = new ArrayList<>();
        definitions.addAll(StringFunctions.all());
        definitions.addAll(TextFunctions.all());
        definitions.addAll(UrlFunctions.all());
        definitions.addAll(PatternFunctions.all(patterns));
        definitions.addAll(MathFunctions.all());
        definitions.addAll(RoundingFunctions.all());
        definitions.addAll(ConditionalFunctions.all());
        definitions.addAll(TimeFunctions.all());
        definitions.addAll(TimeFieldFunctions.all());
        definitions.sort(Comparator.comparing(FunctionDefinition::category)
                .thenComparing(FunctionDefinition::name));
        return new Functions(definitions);
    }

    /** Every definition, by category and then by name. */
    public List<FunctionDefinition> all() {
        return List.copyOf(byName.values());
    }

    /** The function of that name, in capitals, or {@code null} if there is none. */
    public @Nullable FunctionDefinition byName(String upperCaseName) {
        return byName.get(upperCaseName);
    }
}
