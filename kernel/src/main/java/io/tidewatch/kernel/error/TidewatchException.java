package io.tidewatch.kernel.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A failure with a code; its message says where, what and the remedy. */
public class TidewatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public TidewatchException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TidewatchException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = requireNonNull(code, "code");
    }

    public ErrorCode code() {
        return code;
    }
}
