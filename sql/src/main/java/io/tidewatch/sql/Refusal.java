package io.tidewatch.sql;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What is wrong with a query, at a place in the parser's text. Never leaves the package: {@link #toException} adds the place
 * in the file.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** In a message, what is written at a place that the refusal knows. */
    static final String WRITTEN = "\u0001";

    private final ErrorCode code;
    private final transient SqlParserPos pos;

    /** Where what the message's {@link #WRITTEN} stands for is written. */
    private final transient SqlParserPos written;

    private Refusal(ErrorCode code, SqlParserPos pos, String message, SqlParserPos written) {
        super(message, null, false, false);
        this.code = code;
        this.pos = pos;
        this.written = written;
    }

    private Refusal(ErrorCode code, SqlParserPos pos, String message) {
        this(code, pos, message, SqlParserPos.ZERO);
    }

    /** A refusal whose message shows what is written at a place of its own where it has {@link #WRITTEN}. */
    static Refusal showing(SqlParserPos pos, String message, SqlParserPos written) {
        return new Refusal(ErrorCode.QUERY_INVALID, pos, message, written);
    }

    static Refusal invalid(SqlParserPos pos, String message) {
        return new Refusal(ErrorCode.QUERY_INVALID, pos, message);
    }

    static Refusal invalid(SqlNode node, String message) {
        return invalid(node.getParserPosition(), message);
    }

    static Refusal unsupported(SqlParserPos pos, String message) {
        return new Refusal(ErrorCode.QUERY_UNSUPPORTED, pos, message);
    }

    static Refusal unsupported(SqlNode node, String message) {
        return unsupported(node.getParserPosition(), message);
    }

    /** A refusal of the kernel, which knows no places. */
    static Refusal of(TidewatchException e, SqlParserPos pos) {
        return of(e, pos, String.valueOf(e.getMessage()));
    }

    /** A refusal of the kernel in other words. */
    static Refusal of(TidewatchException e, SqlParserPos pos, String message) {
        return new Refusal(e.code(), pos, message);
    }

    static Refusal limit(SqlParserPos pos, String message) {
        return new Refusal(ErrorCode.LIMIT_REACHED, pos, message);
    }

    /** This refusal, at another place if it has none. */
    Refusal orAt(SqlParserPos other) {
        return pos.getLineNum() > 0 ? this : new Refusal(code, other, getMessage(), written);
    }

    QueryException toException(SourceMap map) {
        String fragment = written.getLineNum() > 0 ? map.fragment(written) : "x";
        return map.written().failure(code, map.start(pos), getMessage().replace(WRITTEN, fragment));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
