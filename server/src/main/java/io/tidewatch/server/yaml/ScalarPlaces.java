package io.tidewatch.server.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Finds where each character of a scalar stands in the file.
 *
 * <p>YAML drops indentation, folds lines and replaces escapes, but it keeps the other characters in their order. So value and
 * source are walked side by side: a character that is not white space stands at the next such character of the source, with
 * escapes of quoted forms taken as one. White space stands right behind the character before it.
 */
final class ScalarPlaces {
    private final SourceText source;
    private final ScalarStyle style;
    private int index;
    private int line;
    private int column;

    /** Starts at the scalar's first code point (its quote or block sign), on a line counted from 1. */
    private ScalarPlaces(SourceText source, ScalarStyle style, int line, int column) {
        this.source = source;
        this.style = style;
        this.line = line;
        this.column = column;
        this.index = Math.min(source.length(), source.lineStart(line) + column - 1);
    }

    static Text locate(SourceText source, ScalarStyle style, String value, int line, int column) {
        ScalarPlaces places = new ScalarPlaces(source, style, line, column);
        places.passOpening();
        return places.walk(value);
    }

    private Text walk(String value) {
        int[] lines = new int[value.length() + 1];
        int[] columns = new int[value.length() + 1];
        for (int i = 0; i < value.length(); ) {
            int codePoint = value.codePointAt(i);
            if (isBlank(codePoint)) {
                lines[i] = line;
                columns[i] = column;
                passBlank(codePoint);
                i++;
            } else {
                passIndentation();
                int units = Character.charCount(codePoint);
                for (int unit = 0; unit < units; unit++) {
                    lines[i + unit] = line;
                    columns[i + unit] = column;
                }
                passOne(units);
                i += units;
            }
        }
        lines[value.length()] = line;
        columns[value.length()] = column;
        return new Text(value, source.file(), lines, columns);
    }

    private void passOpening() {
        switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED -> advance();
            case LITERAL, FOLDED -> {
                int header = line;
                while (line == header && index < source.length()) {
                    advance();
                }
            }
            case PLAIN, JSON_SCALAR_STYLE -> {
                // The text itself starts here.
            }
        }
        passFirstIndentation();
    }

    /** A block's text starts behind its indentation, even if it starts with white space of its own. */
    private void passFirstIndentation() {
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            passIndentation();
        }
    }

    private void passIndentation() {
        while (index < source.length()) {
            boolean joined = style == ScalarStyle.DOUBLE_QUOTED
                    && source.at(index) == '\\'
                    && index + 1 < source.length()
                    && (source.at(index + 1) == '\n' || source.at(index + 1) == '\r');
            if (!joined && !isBlank(source.at(index))) {
                return;
            }
            advance();
        }
    }

    private void passBlank(int codePoint) {
        if (index >= source.length()) {
            return;
        }
        int here = source.at(index);
        boolean escaped = style == ScalarStyle.DOUBLE_QUOTED && here == '\\';
        boolean sameLine = codePoint != '\n' && (here == ' ' || here == '\t');
        if (escaped) {
            passOne(1);
        } else if (sameLine || (here == '\n' || here == '\r')) {
            advance();
        }
    }

    /** Passes one code point of the value, which may take several of the source: a pair of escapes for one of two units. */
    private void passOne(int units) {
        if (index >= source.length()) {
            return;
        }
        int here = source.at(index);
        int width = 1;
        if (style == ScalarStyle.SINGLE_QUOTED && here == '\'') {
            width = 2;
        } else if (style == ScalarStyle.DOUBLE_QUOTED
                && here == '\\'
                && index + 1 < source.length()) {
            width = switch (source.at(index + 1)) {
                case 'x' -> 4;
                case 'u' -> 6 * units;
                case 'U' -> 10;
                default -> 2;
            };
        }
        for (int i = 0; i < width && index < source.length(); i++) {
            advance();
        }
    }

    private void advance() {
        if (source.endsLine(index)) {
            line++;
            column = 1;
        } else {
            column++;
        }
        index++;
    }

    private static boolean isBlank(int codePoint) {
        return codePoint == ' ' || codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
    }
}
