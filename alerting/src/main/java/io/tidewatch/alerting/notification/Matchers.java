package io.tidewatch.alerting.notification;

import io.tidewatch.kernel.expression.TextPatterns;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Matchers that must all match, in the order of Alertmanager's group keys. None at all match every alert. */
public record Matchers(List<Matcher> list) {
    public static final Matchers NONE = new Matchers(List.of());

    public Matchers {
        list = list.stream().sorted().toList();
    }

    /**
     * Reads matchers as Alertmanager's parser of UTF-8 matchers does: {@code {severity="page",team=~"a|b"}}, braces and quotes
     * optional.
     *
     * @throws MatcherException if the text is something else, or breaks a limit
     */
    public static Matchers parse(String text, TextPatterns patterns, NotificationLimits limits) {
        return new Matchers(new MatcherParser(text, patterns, limits).parse());
    }

    /** All of these and all of those. */
    public Matchers and(Matchers others) {
        return new Matchers(Stream.concat(list.stream(), others.list.stream()).toList());
    }

    public boolean match(Map<String, String> labels) {
        for (Matcher matcher : list) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** As in Alertmanager's group keys: {@code {severity="page",team=~"a|b"}}. */
    @Override
    public String toString() {
        return list.stream().map(Matcher::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
