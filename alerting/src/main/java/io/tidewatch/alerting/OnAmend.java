package io.tidewatch.alerting;

/** What an amended result does to the alert of its key. */
public enum OnAmend {
    /** A note with the new values where {@code when} or {@code clear} changed; no transition. */
    ANNOTATE,
    /** The life cycle is replayed from that window, and the difference is emitted. */
    AMEND,
    /** Nothing. */
    IGNORE
}
