package io.tidewatch.alerting.notification;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what, and when, as it is configured.
 *
 * @param inhibitRules ({@code inhibit_rules})
 * @param timeIntervals ({@code time_intervals} and {@code mute_time_intervals}) by name
 * @param resolveTimeoutMillis ({@code resolve_timeout}) how long after the end of its window a provisional alert that is not
 *     confirmed is over
 */
public record NotificationSpec(
        RouteSpec route,
        List<Receiver> receivers,
        List<InhibitRule> inhibitRules,
        Map<String, List<TimeInterval>> timeIntervals,
        FlapPolicy flapping,
        long resolveTimeoutMillis,
        NotificationLimits limits) {
    public static final long RESOLVE_TIMEOUT_MILLIS = 300_000;

    public NotificationSpec {
        receivers = List.copyOf(receivers);
        inhibitRules = List.copyOf(inhibitRules);
        timeIntervals = Collections.unmodifiableMap(new LinkedHashMap<>(timeIntervals));
    }

    /** One receiver for everything, with the defaults. */
    public NotificationSpec(RouteSpec route, List<Receiver> receivers) {
        this(
                route,
                receivers,
                List.of(),
                Map.of(),
                FlapPolicy.DEFAULTS,
                RESOLVE_TIMEOUT_MILLIS,
                NotificationLimits.DEFAULTS);
    }

    /** All mistakes, in the order of the configuration; none if a notifier can be made of it. */
    public List<NotificationProblem> problems() {
        List<NotificationProblem> problems = new ArrayList<>();
        receivers(problems);
        root(problems);
        new Route(route).walk(node -> route(node, problems));
        for (int i = 0; i < inhibitRules.size(); i++) {
            distinct(inhibitRules.get(i).equal(), "inhibit_rules[" + i + "].equal", problems);
        }
        if (resolveTimeoutMillis < 1) {
            add("resolve_timeout", "must be longer than 0", problems);
        }
        return problems;
    }

    private void receivers(List<NotificationProblem> problems) {
        distinct(receivers.stream().map(Receiver::name).toList(), "receivers", problems);
        for (int i = 0; i < receivers.size(); i++) {
            if (receivers.get(i).name().isEmpty()) {
                add("receivers[" + i + "].name", "is missing; name the receiver", problems);
            }
        }
    }

    private void root(List<NotificationProblem> problems) {
        if (route.receiver() == null) {
            add("route.receiver", "is missing; the first route must name a receiver", problems);
        }
        if (!route.matchers().isEmpty()) {
            add(
                    "route.matchers",
                    "the first route takes all alerts; move them to a route below",
                    problems);
        }
        if (route.passesOn()) {
            add("route.continue", "has no meaning in the first route; remove it", problems);
        }
        if (!route.muteTimeIntervals().isEmpty()) {
            add("route.mute_time_intervals", "move them to a route below the first", problems);
        }
        if (!route.activeTimeIntervals().isEmpty()) {
            add("route.active_time_intervals", "move them to a route below the first", problems);
        }
    }

    private void route(Route node, List<NotificationProblem> problems) {
        RouteSpec spec = node.spec();
        String path = node.path();
        String receiver = spec.receiver();
        if (receiver != null && receiver(receiver) == null) {
            add(
                    path + ".receiver",
                    "there is no receiver '" + receiver + "'; add it to receivers",
                    problems);
        }
        if (spec.groupBy().contains(Route.ALL_LABELS) && spec.groupBy().size() > 1) {
            add(
                    path + ".group_by",
                    "'...' stands for all labels; remove the others, or it",
                    problems);
        }
        distinct(spec.groupBy(), path + ".group_by", problems);
        if (node.groupWaitMillis() < 0) {
            add(path + ".group_wait", "must not be negative", problems);
        }
        if (node.groupIntervalMillis() < 1) {
            add(path + ".group_interval", "must be longer than 0", problems);
        }
        if (node.repeatIntervalMillis() < 1) {
            add(path + ".repeat_interval", "must be longer than 0", problems);
        }
        intervals(spec.muteTimeIntervals(), path + ".mute_time_intervals", problems);
        intervals(spec.activeTimeIntervals(), path + ".active_time_intervals", problems);
    }

    private void intervals(List<String> names, String path, List<NotificationProblem> problems) {
        for (String name : names) {
            if (!timeIntervals.containsKey(name)) {
                add(
                        path,
                        "there is no time interval '" + name + "'; add it to time_intervals",
                        problems);
            }
        }
    }

    private static void distinct(
            List<String> names, String path, List<NotificationProblem> problems) {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                add(path, "'" + name + "' stands there twice; remove one", problems);
            }
        }
    }

    private static void add(String path, String message, List<NotificationProblem> problems) {
        problems.add(new NotificationProblem(path, message));
    }

    /** The receiver of that name, or null if there is none. */
    public @Nullable Receiver receiver(String name) {
        return receivers.stream()
                .filter(receiver -> receiver.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The first of the named time intervals that the time is in, or null. */
    @Nullable
    String intervalAt(List<String> names, long time) {
        for (String name : names) {
            if (timeIntervals.getOrDefault(name, List.of()).stream()
                    .anyMatch(interval -> interval.contains(time))) {
                return name;
            }
        }
        return null;
    }
}
