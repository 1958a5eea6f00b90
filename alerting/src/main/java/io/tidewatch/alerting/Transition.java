package io.tidewatch.alerting;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alert's state, or something to be known about it. Two with the same id are the same; times are milliseconds
 * since the epoch.
 *
 * @param id hash of (fingerprint, {@code startsAt}, transition), for amendments also of their due time and window
 * @param startsAt time of the first evaluation of the episode at which the condition held, pending included
 * @param at time of the evaluation that made it
 * @param values of the row that was evaluated, by column; empty where there was none
 * @param marks of the values
 * @param annotations as the policy's templates render; those that read values are left out where none is known
 * @param withdraws the id of the transition that no longer holds, for {@link Kind#WITHDRAWN}
 */
public record Transition(
        String id,
        Kind kind,
        Alert alert,
        AlertState from,
        AlertState to,
        long startsAt,
        long at,
        Map<String, @Nullable Object> values,
        Marks marks,
        Map<String, String> annotations,
        Provenance provenance,
        @Nullable String withdraws) {

    /** How a transition is to be read. */
    public enum Kind {
        /** The state changed. */
        STATE,
        /** The condition holds in a window that may not be closed yet. */
        PROVISIONAL,
        /** An amendment changed a condition, but no state: {@code from} and {@code to} are the alert's state. */
        NOTE,
        /** An amendment undid an earlier transition, which {@code withdraws} names. */
        WITHDRAWN
    }
}
