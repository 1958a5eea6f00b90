package io.tidewatch.alerting.notification;

import java.util.Map;

/**
 * Mutes the alerts that all its matchers match, while it is active: from {@code startsAt}, included, to {@code endsAt},
 * excluded. Times are milliseconds since the epoch.
 *
 * @param createdBy who made it
 * @param comment why
 */
public record Silence(
        String id,
        Matchers matchers,
        long startsAt,
        long endsAt,
        String createdBy,
        String comment) {
    /** The longest id, author or comment, in UTF-16 units. */
    public static final int TEXT_MAX = 1_000;

    /** Where a silence is in its life. */
    public enum State {
        PENDING,
        ACTIVE,
        EXPIRED
    }

    /**
     * @throws IllegalArgumentException if it ends before it starts, has a text that is too long, or no matcher that an alert
     *     without labels would not match, for it would silence everything
     */
    public Silence {
        if (Math.max(id.length(), Math.max(createdBy.length(), comment.length())) > TEXT_MAX) {
            throw new IllegalArgumentException("silence: a text of more than " + TEXT_MAX
                    + " characters (expected: a shorter one)");
        }
        if (endsAt <= startsAt) {
            throw new IllegalArgumentException(
                    "endsAt: " + endsAt + " (expected: > startsAt, " + startsAt + ")");
        }
        if (matchers.list().stream().allMatch(Matcher::matchesEmpty)) {
            throw new IllegalArgumentException("matchers: " + matchers
                    + " (expected: at least one that does not match the empty text)");
        }
    }

    public State state(long now) {
        return now < startsAt ? State.PENDING : now < endsAt ? State.ACTIVE : State.EXPIRED;
    }

    public boolean mutes(Map<String, String> labels, long now) {
        return state(now) == State.ACTIVE && matchers.match(labels);
    }
}
