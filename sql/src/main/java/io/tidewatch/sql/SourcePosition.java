package io.tidewatch.sql;

import static java.util.Objects.requireNonNull;

/**
 * A place in a file that people wrote.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record SourcePosition(String file, int line, int column) {
    public SourcePosition {
        requireNonNull(file, "file");
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "line " + line + ", column " + column + " (expected: >= 1)");
        }
    }

    /** The place as messages show it, for example {@code shop.yaml, line 12, column 9}. */
    @Override
    public String toString() {
        return file + ", line " + line + ", column " + column;
    }
}
