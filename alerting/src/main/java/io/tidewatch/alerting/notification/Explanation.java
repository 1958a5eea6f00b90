package io.tidewatch.alerting.notification;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert stands on its way to people, and how it got there.
 *
 * @param flapScore as of now
 * @param groups it is in
 * @param reasons oldest first
 */
public record Explanation(
        String fingerprint,
        SortedMap<String, String> labels,
        boolean isFiring,
        boolean isFlapping,
        double flapScore,
        @Nullable Acknowledgement acknowledgement,
        List<Membership> groups,
        List<Reason> reasons) {
    /**
     * A group that an alert is in.
     *
     * @param nextAt when it decides again, in milliseconds since the epoch
     */
    public record Membership(String route, String groupKey, String receiver, long nextAt) {}

    public Explanation {
        groups = List.copyOf(groups);
        reasons = List.copyOf(reasons);
    }
}
