package io.tidewatch.codecs;

import io.tidewatch.kernel.error.ErrorCode;

/**
 * A record that was not accepted.
 *
 * @param ordinal its number among all records of the input, from 0
 * @param place the byte of the input at which it starts, from 0
 * @param line the line at which it starts, from 1
 * @param code INPUT_MALFORMED or LIMIT_REACHED
 * @param reason what is wrong, with the column (byte of the record, from 1) and the field where there is one
 * @param excerpt printable text of the record around that column, bounded
 */
public record Refusal(
        long ordinal, long place, long line, ErrorCode code, String reason, String excerpt) {
    /** The same, moved on by the records and lines before a place. */
    Refusal behind(Position before) {
        return new Refusal(
                ordinal + before.ordinal(), place, line + before.line(), code, reason, excerpt);
    }
}
