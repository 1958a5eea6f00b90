package io.tidewatch.alerting.notification;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one integration was told of one group, by fingerprints. */
final class Told {
    /** The time of one that was told nothing. */
    static final long NEVER = Long.MIN_VALUE;

    /** The names by which a group and an integration find it. */
    record Key(String groupKey, String receiver, int integration) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = groupKey.compareTo(other.groupKey);
            order = order != 0 ? order : receiver.compareTo(other.receiver);
            return order != 0 ? order : Integer.compare(integration, other.integration);
        }

        String place() {
            return groupKey + " → " + receiver + "[" + integration + "]";
        }
    }

    /** What is said of the alerts of a group: which fire, which are over, and which of both flap. */
    record State(SortedSet<String> firing, SortedSet<String> resolved, SortedSet<String> flapping) {
        static State empty() {
            return new State(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        }

        boolean isEmpty() {
            return firing.isEmpty() && resolved.isEmpty();
        }
    }

    /** A delivery without an answer, the group that decided it, and what it says of all its alerts. */
    record Outstanding(Delivery delivery, String groupId, State state) {}

    long at = NEVER;
    State state = State.empty();

    @Nullable
    Outstanding outstanding;
}
