package io.tidewatch.alerting.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.expression.TextPattern;
import io.tidewatch.kernel.expression.TextPatterns;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one label. A label that an alert does not have counts as empty. Ordered as Alertmanager orders them in its
 * group keys: by name, value and operator.
 */
public final class Matcher implements Comparable<Matcher> {
    /** What must be between the label and the value. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        REGEX("=~"),
        NOT_REGEX("!~");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        boolean isPattern() {
            return this == REGEX || this == NOT_REGEX;
        }

        boolean isNegative() {
            return this == NOT_EQUAL || this == NOT_REGEX;
        }
    }

    private static final Comparator<Matcher> ORDER = Comparator.comparing(Matcher::name)
            .thenComparing(Matcher::value)
            .thenComparing(Matcher::operator);

    private final String name;
    private final Operator operator;
    private final String value;
    private final @Nullable TextPattern pattern;

    /**
     * @param value a text, or for the pattern operators a regular expression, which must match the whole label
     * @throws IllegalArgumentException if the name is empty, or the value should be a regular expression and is none
     */
    public Matcher(String name, Operator operator, String value, TextPatterns patterns) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: '' (expected: the name of a label)");
        }
        this.name = name;
        this.operator = operator;
        this.value = value;
        this.pattern = operator.isPattern() ? patterns.compile(value) : null;
    }

    public String name() {
        return name;
    }

    public Operator operator() {
        return operator;
    }

    public String value() {
        return value;
    }

    public boolean matches(Map<String, String> labels) {
        return matches(labels.getOrDefault(name, ""));
    }

    /** Whether it matches alerts that do not have the label. */
    public boolean matchesEmpty() {
        return matches("");
    }

    private boolean matches(String label) {
        return isLike(label) != operator.isNegative();
    }

    private boolean isLike(String label) {
        if (pattern == null) {
            return label.equals(value);
        }
        byte[] bytes = label.getBytes(UTF_8);
        return pattern.matches(bytes, 0, bytes.length);
    }

    @Override
    public int compareTo(Matcher other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matcher matcher && compareTo(matcher) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + value.hashCode()) + operator.text().hashCode();
    }

    /** As Alertmanager writes it, and {@link Matchers#parse} reads it: {@code severity=~"page|ticket"}. */
    @Override
    public String toString() {
        return Quoting.name(name) + operator.text() + Quoting.value(value);
    }
}
