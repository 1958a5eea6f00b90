package io.tidewatch.alerting.notification;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;

/** A text that is no list of matchers; the message says what is wrong and what to write. */
public final class MatcherException extends TidewatchException {
    private static final long serialVersionUID = 1L;

    private final int column;

    MatcherException(int column, String message) {
        super(ErrorCode.CONFIGURATION_INVALID, message);
        this.column = column;
    }

    /** Where in the text the mistake is, in characters (code points) from 1. */
    public int column() {
        return column;
    }
}
