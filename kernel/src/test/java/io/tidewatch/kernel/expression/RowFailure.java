package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.error.ErrorCode;

/** What {@link Interpreter} throws for a row that fails. */
public final class RowFailure extends RuntimeException {
    private final transient ErrorCode code;
    private final transient Expression where;

    RowFailure(ErrorCode code, Expression where) {
        super(code + " in " + where);
        this.code = code;
        this.where = where;
    }

    public ErrorCode code() {
        return code;
    }

    /** The operation that failed. */
    public Expression where() {
        return where;
    }
}
