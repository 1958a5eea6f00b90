package io.tidewatch.server.yaml;

import static java.util.Objects.requireNonNull;

/**
 * Where something stands in a text file.
 *
 * @param file the name of the file as a person gave it
 * @param line counted from 1
 * @param column counted from 1, in code points
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
    public Place {
        requireNonNull(file, "file");
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "line " + line + ", column " + column + " (expected: >= 1)");
        }
    }

    /** The start of a file. */
    public static Place startOf(String file) {
        return new Place(file, 1, 1);
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** The place as messages show it, for example {@code shop.yaml, line 12, column 9}. */
    @Override
    public String toString() {
        return file + ", line " + line + ", column " + column;
    }
}
