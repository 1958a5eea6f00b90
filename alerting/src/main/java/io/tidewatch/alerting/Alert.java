package io.tidewatch.alerting;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a transition is about.
 *
 * @param version hash of the monitor's canonical definition
 * @param fingerprint hash of the monitor's name and the key, and of what is special about the alert; not of the labels
 * @param key the values of the key's columns, in their order; columns outside the grouping set are absent
 * @param labels the key as texts, without NULLs, then the labels of the policy
 */
public record Alert(
        String monitor,
        String version,
        String fingerprint,
        Subject subject,
        Mode mode,
        Map<String, @Nullable Object> key,
        Map<String, String> labels) {

    /** What an alert watches. */
    public enum Subject {
        /** The condition of the monitor. */
        CONDITION,
        /** Whether the key is silent. */
        ABSENCE,
        /** Whether a limit on the number of keys folds or refuses some. */
        LIMIT
    }
}
