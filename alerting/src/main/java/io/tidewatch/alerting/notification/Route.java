package io.tidewatch.alerting.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node of the tree of routes, with what it has from the routes above. Immutable. */
public final class Route {
    /** What stands for all labels in {@code group_by}. */
    public static final String ALL_LABELS = "...";

    private static final long GROUP_WAIT_MILLIS = 30_000;
    private static final long GROUP_INTERVAL_MILLIS = 300_000;
    private static final long REPEAT_INTERVAL_MILLIS = 14_400_000;

    private final RouteSpec spec;
    private final String path;
    private final String key;
    private final String receiver;
    private final List<String> groupBy;
    private final long groupWaitMillis;
    private final long groupIntervalMillis;
    private final long repeatIntervalMillis;
    private final boolean historical;
    private final List<Route> routes = new ArrayList<>();

    /** The tree below a route without a route above it. */
    public Route(RouteSpec root) {
        this(root, null, "route");
    }

    private Route(RouteSpec spec, @Nullable Route above, String path) {
        this.spec = spec;
        this.path = path;
        this.key = (above == null ? "" : above.key + "/") + spec.matchers();
        this.receiver = or(spec.receiver(), above == null ? "" : above.receiver);
        this.groupBy = spec.groupBy().isEmpty() && above != null
                ? above.groupBy
                : spec.groupBy().stream().distinct().toList();
        this.groupWaitMillis = or(
                spec.groupWaitMillis(), above == null ? GROUP_WAIT_MILLIS : above.groupWaitMillis);
        this.groupIntervalMillis = or(
                spec.groupIntervalMillis(),
                above == null ? GROUP_INTERVAL_MILLIS : above.groupIntervalMillis);
        this.repeatIntervalMillis = or(
                spec.repeatIntervalMillis(),
                above == null ? REPEAT_INTERVAL_MILLIS : above.repeatIntervalMillis);
        this.historical = or(spec.historical(), above != null && above.historical);
        for (int i = 0; i < spec.routes().size(); i++) {
            routes.add(new Route(spec.routes().get(i), this, path + ".routes[" + i + "]"));
        }
    }

    private static <T> T or(@Nullable T own, T inherited) {
        return Objects.requireNonNullElse(own, inherited);
    }

    /**
     * The routes that an alert takes: of the routes below that match, in order, up to the first without {@code continue}, those
     * that it takes there; this one, if none of them does; none, if this one does not match.
     */
    public List<Route> match(Map<String, String> labels) {
        List<Route> taken = new ArrayList<>();
        if (spec.matchers().match(labels)) {
            collect(labels, taken);
        }
        return taken;
    }

    private void collect(Map<String, String> labels, List<Route> taken) {
        int before = taken.size();
        for (Route route : routes) {
            if (route.spec.matchers().match(labels)) {
                route.collect(labels, taken);
                if (!route.spec.passesOn()) {
                    break;
                }
            }
        }
        if (taken.size() == before) {
            taken.add(this);
        }
    }

    /** The labels by which an alert finds its group here; those of {@code group_by} that it has. */
    public SortedMap<String, String> groupLabels(Map<String, String> labels) {
        SortedMap<String, String> own = new TreeMap<>(labels);
        if (!groupBy.contains(ALL_LABELS)) {
            own.keySet().retainAll(groupBy);
        }
        return own;
    }

    /** The name of a group as Alertmanager has it: {@code {}/{severity="page"}:{alertname="slow"}}. */
    public String groupKey(SortedMap<String, String> groupLabels) {
        return key + ":" + Quoting.labels(groupLabels);
    }

    /** Where it stands in the configuration, such as {@code route.routes[1]}; no two have the same. */
    public String path() {
        return path;
    }

    public String receiver() {
        return receiver;
    }

    public long groupWaitMillis() {
        return groupWaitMillis;
    }

    public long groupIntervalMillis() {
        return groupIntervalMillis;
    }

    public long repeatIntervalMillis() {
        return repeatIntervalMillis;
    }

    /** Whether alerts raised while catching up are notified. */
    public boolean historical() {
        return historical;
    }

    public RouteSpec spec() {
        return spec;
    }

    /** Visits this route and all below, in the order of the configuration. */
    public void walk(Consumer<Route> visitor) {
        visitor.accept(this);
        routes.forEach(route -> route.walk(visitor));
    }
}
