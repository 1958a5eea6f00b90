package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.error.ErrorCode;

/** The limit {@code text_bytes} on strings that functions make longer than their arguments. */
final class TextLimit {
    /** The most bytes of such a string; a row that would exceed it fails. */
    static final int BYTES_MAX = 65_536;

    private static final String REASON =
            "a string of more than " + BYTES_MAX + " bytes (limit text_bytes)";

    private TextLimit() {}

    /** Whether a result may be so long; otherwise the row has failed. */
    static boolean allows(long bytes, Arguments a) {
        if (bytes > BYTES_MAX) {
            fail(a);
        }
        return bytes <= BYTES_MAX;
    }

    static void fail(Arguments a) {
        a.fail(ErrorCode.LIMIT_REACHED, REASON);
    }
}
