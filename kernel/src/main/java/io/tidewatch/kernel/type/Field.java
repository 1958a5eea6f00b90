package io.tidewatch.kernel.type;

import static java.util.Objects.requireNonNull;

/** A named, typed place in a row. Names are compared as they are written. */
public record Field(String name, Type type) {
    public Field {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
    }
}
