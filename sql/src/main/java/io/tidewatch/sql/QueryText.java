package io.tidewatch.sql;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.error.ErrorCode;
import java.util.function.IntFunction;

/**
 * A query or a condition, and where each of its characters stands in the file.
 *
 * @param text the SQL
 * @param places the place of the character at an offset, from 0 to the text's length
 */
public record QueryText(String text, IntFunction<SourcePosition> places) {
    public QueryText {
        requireNonNull(text, "text");
        requireNonNull(places, "places");
    }

    /**
     * A text that stands in the file line by line, each line as much indented as the first, which is how YAML's literal
     * block scalars are.
     *
     * @param first where the first character stands
     */
    public static QueryText at(SourcePosition first, String text) {
        return new QueryText(text, offset -> {
            int line = first.line();
            int lineStart = 0;
            for (int i = 0; i < offset; i++) {
                if (text.charAt(i) == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            return new SourcePosition(first.file(), line, first.column() + offset - lineStart);
        });
    }

    /** The place of a character; offsets outside the text are those of its ends. */
    SourcePosition place(int offset) {
        return places.apply(Math.max(0, Math.min(offset, text.length())));
    }

    QueryException invalid(int offset, String message) {
        return failure(ErrorCode.QUERY_INVALID, offset, message);
    }

    QueryException unsupported(int offset, String message) {
        return failure(ErrorCode.QUERY_UNSUPPORTED, offset, message);
    }

    QueryException failure(ErrorCode code, int offset, String message) {
        return new QueryException(code, place(offset), message);
    }
}
