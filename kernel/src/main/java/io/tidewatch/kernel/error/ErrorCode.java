package io.tidewatch.kernel.error;

/** The name and the kind of a failure. Exit codes, HTTP statuses and metric labels follow from it. */
public enum ErrorCode {
    /** A configuration file that cannot be read, parsed or understood. */
    CONFIGURATION_INVALID(Kind.USER),
    /** A query that is not valid SQL, or names what does not exist. */
    QUERY_INVALID(Kind.USER),
    /** A query that is valid SQL but needs what Tidewatch does not have. */
    QUERY_UNSUPPORTED(Kind.USER),
    /** An argument on the command line that cannot be used. */
    ARGUMENT_INVALID(Kind.USER),
    /** Bytes that a codec refuses. */
    INPUT_MALFORMED(Kind.USER),
    /** Arithmetic whose result does not fit its type. */
    NUMERIC_OVERFLOW(Kind.USER),
    /** A division by zero in an expression. */
    DIVISION_BY_ZERO(Kind.USER),
    /** A CAST of a value that the target type cannot hold. */
    CAST_INVALID(Kind.USER),
    /** A function argument outside the function's domain. */
    FUNCTION_ARGUMENT_INVALID(Kind.USER),
    /** A stated limit was reached. */
    LIMIT_REACHED(Kind.RESOURCE),
    /** A file, device or server outside Tidewatch failed. */
    IO_FAILED(Kind.EXTERNAL),
    /** Bytes of a snapshot or a recording that do not pass their checksum or version check. */
    SNAPSHOT_CORRUPT(Kind.EXTERNAL),
    /** A bug in Tidewatch. */
    INTERNAL(Kind.INTERNAL);

    private final Kind kind;

    ErrorCode(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Who can do something about a failure. */
    public enum Kind {
        USER,
        RESOURCE,
        EXTERNAL,
        INTERNAL
    }
}
