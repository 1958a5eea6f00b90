package io.tidewatch.server.assembly;

import java.util.OptionalLong;

/**
 * The event times that take part.
 *
 * @param fromMillis the first, if there is one
 * @param toMillis the first that does not take part any more, if there is one
 */
public record TimeRange(OptionalLong fromMillis, OptionalLong toMillis) {
    /** All times. */
    public static final TimeRange ALL = new TimeRange(OptionalLong.empty(), OptionalLong.empty());

    public boolean isAll() {
        return fromMillis.isEmpty() && toMillis.isEmpty();
    }

    /** Whether no time is in it. */
    public boolean isEmpty() {
        return fromMillis.isPresent()
                && toMillis.isPresent()
                && fromMillis.getAsLong() >= toMillis.getAsLong();
    }

    public boolean contains(long millis) {
        return (fromMillis.isEmpty() || millis >= fromMillis.getAsLong())
                && (toMillis.isEmpty() || millis < toMillis.getAsLong());
    }
}
