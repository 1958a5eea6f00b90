package io.tidewatch.server.yaml;

/** The text of a file, addressed by code points. A line ends at LF, CR or CR LF. */
final class SourceText {
    private final String file;
    private final int[] codePoints;

    SourceText(String file, String text) {
        this.file = file;
        this.codePoints = text.codePoints().toArray();
    }

    String file() {
        return file;
    }

    int length() {
        return codePoints.length;
    }

    int at(int index) {
        return codePoints[index];
    }

    /** The index of a line's first code point, for a line counted from 1; the text's length if there are fewer lines. */
    int lineStart(int line) {
        int seen = 1;
        int index = 0;
        while (seen < line && index < codePoints.length) {
            if (endsLine(index)) {
                seen++;
            }
            index++;
        }
        return index;
    }

    /** Where a code point stands. */
    Place place(int index) {
        int line = 1;
        int lineStart = 0;
        for (int before = 0; before < index; before++) {
            if (endsLine(before)) {
                line++;
                lineStart = before + 1;
            }
        }
        return new Place(file, line, index - lineStart + 1);
    }

    /** Whether the next code point stands on the next line. */
    boolean endsLine(int index) {
        int current = codePoints[index];
        boolean halfOfPair =
                current == '\r' && index + 1 < codePoints.length && codePoints[index + 1] == '\n';
        return (current == '\n' || current == '\r') && !halfOfPair;
    }
}
