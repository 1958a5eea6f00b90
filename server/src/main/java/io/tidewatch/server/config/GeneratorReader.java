package io.tidewatch.server.config;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import io.tidewatch.server.config.GeneratorConfig.Column;
import io.tidewatch.server.config.GeneratorConfig.Incident;
import io.tidewatch.server.config.GeneratorConfig.Rule;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code source: {generator: …}} of a stream with known fields. */
final class GeneratorReader {
    private static final double RATE_MAX = 10_000_000;

    private final List<FieldConfig> fields;
    private final List<String> names;

    GeneratorReader(List<FieldConfig> fields) {
        this.fields = fields;
        this.names = fields.stream().map(FieldConfig::name).toList();
    }

    Optional<GeneratorConfig> read(YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Optional<Double> rate = map.require("rate").flatMap(GeneratorReader::rate);
        long seed = map.find("seed").flatMap(YamlNode::integer).orElse(1L);
        OptionalLong count = toLong(map.find("count").flatMap(n -> n.integer(0, Long.MAX_VALUE)));
        OptionalLong start = map.find("start").map(Instants::read).orElse(OptionalLong.empty());
        long jitter = DurationText.read(map, "jitter", 0).orElse(0L);
        List<Column> columns = new ArrayList<>();
        map.find("fields").flatMap(YamlNode::map).ifPresent(rules -> columns(rules, columns));
        List<Incident> incidents = new ArrayList<>();
        map.find("incidents")
                .map(YamlNode::list)
                .orElse(List.of())
                .forEach(incident ->
                        new IncidentReader(fields).read(incident).ifPresent(incidents::add));
        map.refuseUnknown();
        return rate.map(known ->
                new GeneratorConfig(known, seed, count, start, jitter, columns, incidents));
    }

    private static Optional<Double> rate(YamlNode node) {
        Optional<Double> rate = node.number();
        if (rate.isPresent() && !(rate.get() > 0 && rate.get() <= RATE_MAX)) {
            node.problem(
                    rate.get() + " (expected: more than 0, at most " + RATE_MAX + " per second)");
            return Optional.empty();
        }
        return rate;
    }

    private void columns(YamlMap rules, List<Column> columns) {
        rules.forEach((field, value) -> {
            int index = names.indexOf(field);
            if (index < 0) {
                rules.problem(field, "no field of the stream" + Suggestion.hint(field, names));
            } else {
                rule(value, fields.get(index).type())
                        .ifPresent(rule -> columns.add(new Column(field, rule)));
            }
        });
    }

    private Optional<Rule> rule(YamlNode node, Type type) {
        if (node.isScalar() && node.string().orElse("").equals("uuid")) {
            return Optional.of(new Rule.Uuid());
        }
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = found.get();
        Optional<Rule> rule = Optional.empty();
        if (map.has("choice")) {
            rule = choice(map);
        } else if (map.keys().size() != 1) {
            map.problem("one of choice, normal, pattern, sequence, sine, uniform, uuid is needed");
        } else if (map.has("pattern")) {
            rule = map.find("pattern").flatMap(YamlNode::string).map(Rule.Pattern::new);
        } else {
            rule = map.find("sequence")
                    .flatMap(GeneratorReader::sequence)
                    .or(() -> map.find("uniform").flatMap(GeneratorReader::uniform))
                    .or(() -> map.find("normal").flatMap(GeneratorReader::normal))
                    .or(() -> map.find("sine").flatMap(GeneratorReader::sine));
        }
        map.refuseUnknown();
        if (rule.isPresent() && !fits(rule.get(), type)) {
            node.problem("this rule does not make values of type " + type);
            return Optional.empty();
        }
        return rule;
    }

    private static boolean fits(Rule rule, Type type) {
        boolean text = type.kind() == TypeKind.VARCHAR;
        if (rule instanceof Rule.Choice) {
            return true;
        }
        if (rule instanceof Rule.Uuid || rule instanceof Rule.Pattern) {
            return text;
        }
        if (rule instanceof Rule.Sequence sequence) {
            return text || (type.isNumeric() && sequence.prefix().isEmpty());
        }
        return type.isNumeric();
    }

    private static Optional<Rule> choice(YamlMap map) {
        List<Object> values = new ArrayList<>();
        for (YamlNode value : map.find("choice").map(YamlNode::list).orElse(List.of())) {
            if (value.isScalar()) {
                Object plain = value.plain();
                values.add(plain == null ? "" : plain);
            } else {
                value.expected("a value");
            }
        }
        List<Double> weights = new ArrayList<>();
        Optional<YamlNode> weightList = map.find("weights");
        weightList.map(YamlNode::list).orElse(List.of()).forEach(node -> node.number()
                .ifPresent(weights::add));
        boolean negative = weights.stream().anyMatch(weight -> weight < 0);
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (weightList.isPresent() && (weights.size() != values.size() || negative || !(sum > 0))) {
            map.problem("weights", "one weight >= 0 per value is needed, not all 0");
            return Optional.empty();
        }
        if (values.isEmpty()) {
            map.problem("choice", "at least one value is needed");
            return Optional.empty();
        }
        return Optional.of(new Rule.Choice(values, weights));
    }

    private static Optional<Rule> sequence(YamlNode node) {
        if (node.isNull()) {
            return Optional.of(new Rule.Sequence(0, 1, 0, ""));
        }
        return node.map().map(map -> {
            long from = map.find("from").flatMap(YamlNode::integer).orElse(0L);
            long step = map.find("step").flatMap(YamlNode::integer).orElse(1L);
            long every =
                    map.find("every").flatMap(n -> n.integer(0, Long.MAX_VALUE)).orElse(0L);
            String prefix = map.find("prefix").flatMap(YamlNode::string).orElse("");
            map.refuseUnknown();
            return new Rule.Sequence(from, step, every, prefix);
        });
    }

    private static Optional<Rule> uniform(YamlNode node) {
        return node.map().map(map -> {
            double min = number(map, "min", 0);
            double max = number(map, "max", 1);
            map.refuseUnknown();
            if (min > max) {
                map.problem("min", "greater than max");
            }
            return new Rule.Uniform(min, Math.max(min, max));
        });
    }

    private static Optional<Rule> normal(YamlNode node) {
        return node.map().map(map -> {
            double mean = number(map, "mean", 0);
            double deviation = number(map, "deviation", 1);
            map.refuseUnknown();
            return new Rule.Normal(mean, deviation);
        });
    }

    private static Optional<Rule> sine(YamlNode node) {
        return node.map().map(map -> {
            double mean = number(map, "mean", 0);
            double amplitude = number(map, "amplitude", 1);
            double noise = number(map, "noise", 0);
            long period = DurationText.read(map, "period", 1).orElse(60_000L);
            map.refuseUnknown();
            return new Rule.Sine(mean, amplitude, period, noise);
        });
    }

    static double number(YamlMap map, String key, double otherwise) {
        return map.find(key).flatMap(YamlNode::number).orElse(otherwise);
    }

    static OptionalLong toLong(Optional<Long> value) {
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }
}
