package io.tidewatch.kernel.error;

/** The name and the kind of a failure. Exit codes, HTTP statuses and metric labels follow from it. */
public enum ErrorCode {
    CONFIGURATION_INVALID(
            Kind.USER,
            "A configuration file that cannot be read, parsed or understood.",
            "Correct the file at the line and column that the message names; `tidewatch check` shows "
                    + "all problems at once."),
    QUERY_INVALID(
            Kind.USER,
            "A query that is not valid SQL, or names what does not exist.",
            "Write what the message says in its place; [SQL](sql.md) lists what there is."),
    QUERY_UNSUPPORTED(
            Kind.USER,
            "A query that is valid SQL but needs what Tidewatch does not have.",
            "Write the form that the message names instead; [SQL](sql.md#what-there-is-not) lists such "
                    + "forms."),
    ARGUMENT_INVALID(
            Kind.USER,
            "An argument on the command line that cannot be used.",
            "Correct the argument; `--help` behind a command lists what it takes."),
    INPUT_MALFORMED(
            Kind.USER,
            "Bytes that a codec refuses.",
            "Correct what writes them, or the declared fields and format of the stream; the message "
                    + "shows the place in the input."),
    NUMERIC_OVERFLOW(
            Kind.USER,
            "Arithmetic whose result does not fit its type.",
            "CAST to DOUBLE before the operation, or scale the values down."),
    DIVISION_BY_ZERO(
            Kind.USER,
            "A division by zero in an expression.",
            "Divide by NULLIF(x, 0), which gives NULL, or leave such rows out with WHERE."),
    CAST_INVALID(
            Kind.USER,
            "A CAST of a value that the target type cannot hold.",
            "Write TRY_CAST, which gives NULL, or leave such rows out with WHERE."),
    FUNCTION_ARGUMENT_INVALID(
            Kind.USER,
            "A function argument outside the function's domain.",
            "Leave such values out with CASE or WHERE; [functions](functions.md) says what each takes."),
    LIMIT_REACHED(
            Kind.RESOURCE,
            "A stated limit was reached.",
            "Raise the [limit](configuration.md#limits) that the message names, if it can be set, or "
                    + "need less: fewer keys, shorter windows, a simpler query."),
    IO_FAILED(
            Kind.EXTERNAL,
            "A file, device or server outside Tidewatch failed.",
            "See whether it is there, may be read or written, and has room; then run again."),
    SNAPSHOT_CORRUPT(
            Kind.EXTERNAL,
            "Bytes of a snapshot or a recording that do not pass their checksum or version check.",
            "Use another one, or start without it; it was damaged, cut off, or written by another "
                    + "version."),
    LOG_FULL(
            Kind.EXTERNAL,
            "No room is left for a log; nothing of what was to be appended is kept.",
            "Free space on the disk that the message names, or let retention keep less; appending then "
                    + "goes on by itself."),
    LOG_READ_ONLY(
            Kind.EXTERNAL,
            "A partition of a log that accepts nothing more, because its disk failed.",
            "Correct what the message names, then start again; what was acknowledged is kept and can be "
                    + "read."),
    LOG_CORRUPT(
            Kind.EXTERNAL,
            "Bytes of a log that were durable and are damaged or missing.",
            "Do what the message says for the place that it names; nothing is passed over by itself."),
    LOG_OFFSET_GONE(
            Kind.EXTERNAL,
            "An offset outside of what a log holds, because retention deleted it or because it was never "
                    + "there.",
            "Go on from the first offset that the message names, or restore an older state of the log."),
    INTERNAL(
            Kind.INTERNAL,
            "A bug in Tidewatch.",
            "Report it with the file of details that the message names, and the configuration.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    ErrorCode(Kind kind, String meaning, String remedy) {
        this.kind = kind;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** What has happened, as a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What can be done about it, as a sentence, in Markdown with links from docs/reference. */
    public String remedy() {
        return remedy;
    }

    public Kind kind() {
        return kind;
    }

    /** Who can do something about a failure. */
    public enum Kind {
        /** Whoever wrote the configuration, the query, the command or the events. */
        USER,
        /** Whoever sets the limits. */
        RESOURCE,
        /** Whoever runs what Tidewatch reads and writes. */
        EXTERNAL,
        /** The makers of Tidewatch. */
        INTERNAL
    }
}
