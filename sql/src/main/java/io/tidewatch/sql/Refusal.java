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

    private final ErrorCode code;
    private final transient SqlParserPos pos;

    private Refusal(ErrorCode code, SqlParserPos pos, String message) {
        super(message, null, false, false);
        this.code = code;
        this.pos = pos;
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
        return pos.getLineNum() > 0 ? this : new Refusal(code, other, getMessage());
    }

    QueryException toException(SourceMap map) {
        return map.written().failure(code, map.start(pos), getMessage());
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
