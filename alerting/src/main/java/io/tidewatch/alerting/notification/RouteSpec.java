package io.tidewatch.alerting.notification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as it is written. What is null or empty is as the route above has it, but for the matchers, {@code continue} and the
 * time intervals, which are a route's own.
 *
 * @param groupBy ({@code group_by}) names of labels, or {@code ...} alone for all
 * @param passesOn ({@code continue}) whether later routes beside this one are tried although this one matched
 * @param groupWaitMillis ({@code group_wait}) at the top 30 s
 * @param groupIntervalMillis ({@code group_interval}) at the top 5 min
 * @param repeatIntervalMillis ({@code repeat_interval}) at the top 4 h
 * @param historical ({@code historical}) whether alerts raised while catching up are notified; at the top false
 */
public record RouteSpec(
        @Nullable String receiver,
        List<String> groupBy,
        Matchers matchers,
        boolean passesOn,
        @Nullable Long groupWaitMillis,
        @Nullable Long groupIntervalMillis,
        @Nullable Long repeatIntervalMillis,
        List<String> muteTimeIntervals,
        List<String> activeTimeIntervals,
        @Nullable Boolean historical,
        List<RouteSpec> routes) {
    public RouteSpec {
        groupBy = List.copyOf(groupBy);
        muteTimeIntervals = List.copyOf(muteTimeIntervals);
        activeTimeIntervals = List.copyOf(activeTimeIntervals);
        routes = List.copyOf(routes);
    }
}
