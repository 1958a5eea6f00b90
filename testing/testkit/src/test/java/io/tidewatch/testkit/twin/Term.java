package io.tidewatch.testkit.twin;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An expression over the rows of a stream, in SQL and as a function.
 *
 * @param value may throw {@link Failed}
 */
record Term(String sql, Function<Event, @Nullable Object> value) {
    static Term field(String name, int index) {
        return new Term(name, event -> event.get(index));
    }

    /** Whether the value is TRUE, neither FALSE nor NULL. */
    boolean isTrue(Event event) {
        return Boolean.TRUE.equals(value.apply(event));
    }

    /** A value that cannot be computed. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }
}
