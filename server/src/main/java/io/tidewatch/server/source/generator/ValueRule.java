package io.tidewatch.server.source.generator;

import io.tidewatch.server.config.GeneratorConfig.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** Makes the value of one field: a {@code Double} or {@code Long} for numbers, else a {@code String} or {@code Boolean}. */
sealed interface ValueRule {
    /**
     * The value of a row.
     *
     * @param elapsedMillis event time since the first row
     */
    Object value(long row, long elapsedMillis, Draw draw);

    static ValueRule of(Rule rule) {
        if (rule instanceof Rule.Sequence sequence) {
            return new Sequence(sequence);
        }
        if (rule instanceof Rule.Choice choice) {
            return Choice.of(choice);
        }
        if (rule instanceof Rule.Pattern pattern) {
            return new Pattern(pattern.pattern());
        }
        return rule instanceof Rule.Uuid ? new Uuid() : new Numeric(rule);
    }

    /** Counts. */
    record Sequence(Rule.Sequence rule) implements ValueRule {
        @Override
        public Object value(long row, long elapsedMillis, Draw draw) {
            long turn = rule.every() == 0 ? row : row % rule.every();
            long value = rule.from() + rule.step() * turn;
            return rule.prefix().isEmpty() ? (Object) value : rule.prefix() + value;
        }
    }

    /** Takes one of several values. */
    record Choice(List<Object> values, List<Double> sums) implements ValueRule {
        static Choice of(Rule.Choice rule) {
            double sum = 0;
            List<Double> sums = new java.util.ArrayList<>();
            for (int i = 0; i < rule.values().size(); i++) {
                sum += rule.weights().isEmpty() ? 1 : rule.weights().get(i);
                sums.add(sum);
            }
            return new Choice(rule.values(), List.copyOf(sums));
        }

        @Override
        public Object value(long row, long elapsedMillis, Draw draw) {
            double point = draw.fraction() * sums.get(sums.size() - 1);
            int index = 0;
            while (index < sums.size() - 1 && point >= sums.get(index)) {
                index++;
            }
            Object value = values.get(index);
            return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
        }
    }

    /** Fills a pattern. */
    record Pattern(String pattern) implements ValueRule {
        private static final String HEX = "0123456789abcdef";

        @Override
        public Object value(long row, long elapsedMillis, Draw draw) {
            StringBuilder text = new StringBuilder(pattern.length());
            for (int i = 0; i < pattern.length(); i++) {
                char sign = pattern.charAt(i);
                text.append(
                        switch (sign) {
                            case '#' -> (char) ('0' + draw.below(10));
                            case '?' -> (char) ('a' + draw.below(26));
                            case '*' -> HEX.charAt(draw.below(16));
                            default -> sign;
                        });
            }
            return text.toString();
        }
    }

    /** Makes random UUIDs. */
    record Uuid() implements ValueRule {
        private static final long VERSION_4 = 0x4000L;
        private static final long VERSION_MASK = 0xF000L;
        private static final long VARIANT = 0x8000000000000000L;
        private static final long VARIANT_MASK = 0xC000000000000000L;

        @Override
        public Object value(long row, long elapsedMillis, Draw draw) {
            long most = (draw.bits() & ~VERSION_MASK) | VERSION_4;
            long least = (draw.bits() & ~VARIANT_MASK) | VARIANT;
            return new UUID(most, least).toString();
        }
    }

    /** Makes numbers. */
    record Numeric(Rule rule) implements ValueRule {
        @Override
        public Object value(long row, long elapsedMillis, Draw draw) {
            if (rule instanceof Rule.Uniform uniform) {
                return uniform.min() + (uniform.max() - uniform.min()) * draw.fraction();
            }
            if (rule instanceof Rule.Normal normal) {
                return normal.mean() + normal.deviation() * draw.normal();
            }
            if (rule instanceof Rule.Sine sine) {
                double turn = (double) (elapsedMillis % sine.periodMillis()) / sine.periodMillis();
                double noise = sine.noise() == 0 ? 0 : sine.noise() * draw.normal();
                return sine.mean() + sine.amplitude() * StrictMath.sin(2 * Math.PI * turn) + noise;
            }
            throw new IllegalStateException("no number: " + rule);
        }
    }
}
