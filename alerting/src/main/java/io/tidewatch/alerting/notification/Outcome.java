package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.notification.Reason.Kind;

/** What became of a delivery. */
public enum Outcome {
    /** The receiver has it. */
    DELIVERED(true, Kind.DELIVERED),
    /** The receiver says that it will never take it. */
    REFUSED(true, Kind.REFUSED),
    /** It is not tried any more; it may have been delivered. */
    GAVE_UP(true, Kind.GAVE_UP),
    /** It was not delivered, and will be tried again. */
    RETRYING(false, Kind.RETRYING),
    /** It may have been delivered; it will be tried again under the same id. */
    UNKNOWN(false, Kind.UNKNOWN);

    private final boolean isFinal;
    private final Kind reason;

    Outcome(boolean isFinal, Kind reason) {
        this.isFinal = isFinal;
        this.reason = reason;
    }

    /** Whether nothing else will be said of the delivery. */
    public boolean isFinal() {
        return isFinal;
    }

    Kind reason() {
        return reason;
    }
}
