package io.tidewatch.sql;

import static java.util.Objects.requireNonNull;

/**
 * A division of an integer by an integer, which drops the remainder.
 *
 * @param position where it stands
 * @param remedy the same division with its remainder, as SQL
 */
public record IntegerDivision(SourcePosition position, String remedy) {
    public IntegerDivision {
        requireNonNull(position, "position");
        requireNonNull(remedy, "remedy");
    }
}
