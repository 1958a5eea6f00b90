package io.tidewatch.alerting.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes routes down, step by step, and shows them as YAML. */
final class Routes {
    private @Nullable String receiver;
    private List<String> groupBy = List.of();
    private Matchers matchers = Matchers.NONE;
    private boolean passesOn;
    private @Nullable Long groupWait;
    private @Nullable Long groupInterval;
    private @Nullable Long repeatInterval;
    private List<String> mutes = List.of();
    private List<String> actives = List.of();
    private @Nullable Boolean historical;
    private final List<RouteSpec> below = new ArrayList<>();

    static Routes to(@Nullable String receiver) {
        Routes route = new Routes();
        route.receiver = receiver;
        return route;
    }

    Routes by(String... labels) {
        groupBy = Stream.of(labels).filter(label -> !label.isEmpty()).toList();
        return this;
    }

    Routes on(String text) {
        matchers = matchers(text);
        return this;
    }

    static Matchers matchers(String text) {
        return Matchers.parse(text, JdkPatterns.INSTANCE, NotificationLimits.DEFAULTS);
    }

    Routes passingOn() {
        passesOn = true;
        return this;
    }

    /** Times in milliseconds. */
    Routes every(long wait, long interval, long repeat) {
        groupWait = wait;
        groupInterval = interval;
        repeatInterval = repeat;
        return this;
    }

    Routes mutedIn(String... names) {
        mutes = List.of(names);
        return this;
    }

    Routes activeIn(String... names) {
        actives = List.of(names);
        return this;
    }

    Routes withHistorical(boolean sent) {
        historical = sent;
        return this;
    }

    Routes then(Routes... routes) {
        for (Routes route : routes) {
            below.add(route.spec());
        }
        return this;
    }

    RouteSpec spec() {
        return new RouteSpec(
                receiver,
                groupBy,
                matchers,
                passesOn,
                groupWait,
                groupInterval,
                repeatInterval,
                mutes,
                actives,
                historical,
                below);
    }

    /** The route as a configuration has it, behind {@code route:}; times are left out. */
    static String yaml(RouteSpec route, String indentation) {
        List<String> lines = new ArrayList<>();
        if (route.receiver() != null) {
            lines.add("receiver: " + route.receiver());
        }
        if (!route.groupBy().isEmpty()) {
            lines.add("group_by: ["
                    + route.groupBy().stream()
                            .map(name -> "'" + name + "'")
                            .collect(Collectors.joining(", "))
                    + "]");
        }
        if (!route.matchers().isEmpty()) {
            lines.add("matchers: ["
                    + route.matchers().list().stream()
                            .map(matcher -> "'" + matcher + "'")
                            .collect(Collectors.joining(", "))
                    + "]");
        }
        if (route.passesOn()) {
            lines.add("continue: true");
        }
        if (!route.routes().isEmpty()) {
            lines.add("routes:");
        }
        StringBuilder yaml = new StringBuilder();
        lines.forEach(line -> yaml.append(indentation).append(line).append('\n'));
        for (RouteSpec child : route.routes()) {
            String item = yaml(child, indentation + "    ");
            yaml.append(indentation)
                    .append("  - ")
                    .append(item.substring(indentation.length() + 4));
        }
        return yaml.toString();
    }
}
