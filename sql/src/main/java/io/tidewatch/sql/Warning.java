package io.tidewatch.sql;

import static java.util.Objects.requireNonNull;

/** Something in a query that is allowed, but probably not meant. */
public record Warning(SourcePosition position, String message) {
    public Warning {
        requireNonNull(position, "position");
        requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return position + ": " + message;
    }
}
