package io.tidewatch.server.yaml;

import java.util.Arrays;

/**
 * A text inside a YAML file, such as a query, that knows where each of its characters stands in the file, whatever the form
 * of the scalar (plain, quoted, literal or folded block).
 */
public final class Text {
    private final String value;
    private final String file;
    private final int[] lines;
    private final int[] columns;

    /** {@code lines} and {@code columns} have one entry per {@code char} of the value and one for its end. */
    Text(String value, String file, int[] lines, int[] columns) {
        if (lines.length != value.length() + 1 || columns.length != lines.length) {
            throw new IllegalArgumentException("lines: " + lines.length + ", columns: "
                    + columns.length + " (expected: " + (value.length() + 1) + ")");
        }
        this.value = value;
        this.file = file;
        this.lines = lines;
        this.columns = columns;
    }

    /** A text that stands in one piece at a place, for tests and for texts that are not from YAML. */
    public static Text at(Place start, String value) {
        int[] lines = new int[value.length() + 1];
        int[] columns = new int[value.length() + 1];
        int line = start.line();
        int column = start.column();
        for (int i = 0; i <= value.length(); i++) {
            lines[i] = line;
            columns[i] = column;
            if (i < value.length() && value.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Text(value, start.file(), lines, columns);
    }

    public String value() {
        return value;
    }

    public String file() {
        return file;
    }

    /** Where the first character stands. */
    public Place place() {
        return placeOf(0);
    }

    /** Where a character of the value stands; offsets beyond the ends are taken as the ends. */
    public Place placeOf(int offset) {
        int index = Math.max(0, Math.min(offset, value.length()));
        return new Place(file, lines[index], columns[index]);
    }

    /** Where the character at a line and column of the value, both counted from 1, stands in the file. */
    public Place placeOf(int line, int column) {
        int offset = 0;
        for (int seen = 1; seen < line; seen++) {
            int end = value.indexOf('\n', offset);
            if (end < 0) {
                return placeOf(value.length());
            }
            offset = end + 1;
        }
        return placeOf(offset + column - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text
                && value.equals(text.value)
                && file.equals(text.file)
                && Arrays.equals(lines, text.lines)
                && Arrays.equals(columns, text.columns);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
