package io.tidewatch.server.config;

import io.tidewatch.kernel.time.Durations;
import io.tidewatch.server.config.GeneratorConfig.Incident;
import io.tidewatch.server.config.GeneratorConfig.Rule;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rules and incidents of a generator as YAML, each on one line. */
final class RuleText {
    private RuleText() {}

    static String of(Rule rule) {
        if (rule instanceof Rule.Sequence sequence) {
            return "{sequence: {from: " + sequence.from() + ", step: " + sequence.step()
                    + ", every: " + sequence.every() + ", prefix: "
                    + EffectiveText.quoted(sequence.prefix()) + "}}";
        }
        if (rule instanceof Rule.Uniform uniform) {
            return "{uniform: {min: " + uniform.min() + ", max: " + uniform.max() + "}}";
        }
        if (rule instanceof Rule.Normal normal) {
            return "{normal: {mean: " + normal.mean() + ", deviation: " + normal.deviation() + "}}";
        }
        if (rule instanceof Rule.Sine sine) {
            return "{sine: {mean: " + sine.mean() + ", amplitude: " + sine.amplitude()
                    + ", period: " + Durations.format(sine.periodMillis())
                    + ", noise: " + sine.noise() + "}}";
        }
        if (rule instanceof Rule.Pattern pattern) {
            return "{pattern: " + EffectiveText.quoted(pattern.pattern()) + "}";
        }
        return rule instanceof Rule.Choice choice ? choice(choice) : "uuid";
    }

    static String of(Incident incident) {
        StringBuilder text = new StringBuilder("{kind: ")
                .append(incident.kind().name().toLowerCase(Locale.ROOT));
        incident.field().ifPresent(field -> text.append(", field: ")
                .append(EffectiveText.quoted(field))
                .append(", by: ")
                .append(incident.by()));
        text.append(", first: ").append(Durations.format(incident.firstMillis()));
        incident.everyMillis()
                .ifPresent(every -> text.append(", every: ").append(Durations.format(every)));
        text.append(", lasts: ").append(Durations.format(incident.lastsMillis()));
        if (!incident.where().isEmpty()) {
            text.append(incident.where().entrySet().stream()
                    .map(entry -> EffectiveText.quoted(entry.getKey()) + ": "
                            + entry.getValue().stream()
                                    .map(EffectiveText::quoted)
                                    .collect(Collectors.joining(", ", "[", "]")))
                    .collect(Collectors.joining(", ", ", where: {", "}")));
        }
        return text.append('}').toString();
    }

    private static String choice(Rule.Choice choice) {
        String values = choice.values().stream()
                .map(value -> value instanceof String text
                        ? EffectiveText.quoted(text)
                        : value.toString())
                .collect(Collectors.joining(", "));
        String weights = choice.weights().stream()
                .map(weight -> Double.toString(weight))
                .collect(Collectors.joining(", "));
        return "{choice: [" + values + "]"
                + (weights.isEmpty() ? "" : ", weights: [" + weights + "]") + "}";
    }
}
