package io.tidewatch.alerting.notification;

/**
 * Somebody takes care of an alert: it is not repeated until its state changes.
 *
 * @param at in milliseconds since the epoch
 */
public record Acknowledgement(String owner, String note, long at) {
    /** The longest owner or note, in UTF-16 units. */
    public static final int TEXT_MAX = 1_000;

    public Acknowledgement {
        if (owner.length() > TEXT_MAX || note.length() > TEXT_MAX) {
            throw new IllegalArgumentException(
                    "acknowledgement: owner of " + owner.length() + " characters, note of "
                            + note.length() + " (expected: at most " + TEXT_MAX + ")");
        }
    }
}
