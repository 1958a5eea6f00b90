package io.tidewatch.sql;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The text that the parser sees, with quotes put around some words, and the way back from its places to the written text. */
final class SourceMap {
    private final QueryText written;
    private final String text;
    private final int[] origins;
    private final int[] lineStarts;

    /**
     * @param tokens of the written text
     * @param quoted the offsets of the words that get quotes
     */
    SourceMap(QueryText written, List<Token> tokens, List<Integer> quoted) {
        this.written = written;
        Set<Integer> opening = new LinkedHashSet<>(quoted);
        Map<Integer, Integer> closing = new LinkedHashMap<>();
        for (Token token : tokens) {
            if (opening.contains(token.offset())) {
                closing.put(token.end(), token.offset());
            }
        }
        StringBuilder out = new StringBuilder();
        int[] places = new int[written.text().length() + 2 * quoted.size() + 1];
        for (int i = 0; i <= written.text().length(); i++) {
            if (closing.containsKey(i)) {
                places[out.length()] = i - 1;
                out.append('"');
            }
            if (opening.contains(i)) {
                places[out.length()] = i;
                out.append('"');
            }
            places[out.length()] = i;
            if (i < written.text().length()) {
                out.append(written.text().charAt(i));
            }
        }
        text = out.toString();
        origins = places;
        lineStarts = lineStarts(text);
    }

    /** What the parser sees. */
    String text() {
        return text;
    }

    QueryText written() {
        return written;
    }

    /** The offset in the written text of where a node begins. */
    int start(SqlParserPos pos) {
        return offset(pos.getLineNum(), pos.getColumnNum());
    }

    /** What was written for a node, on one line. */
    String fragment(SqlParserPos pos) {
        int start = start(pos);
        int last = offset(pos.getEndLineNum(), pos.getEndColumnNum());
        int end = Math.min(written.text().length(), Math.max(start, last + 1));
        return written.text().substring(start, end).strip().replaceAll("\\s+", " ");
    }

    /** The offset in the written text of a line and a column, both from 1, of the parser's text. */
    int offset(int line, int column) {
        if (line < 1 || line > lineStarts.length) {
            return 0;
        }
        return origins[Math.min(text.length(), lineStarts[line - 1] + Math.max(0, column - 1))];
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[text.length() + 1];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && !text.startsWith("\n", i + 1)) {
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
