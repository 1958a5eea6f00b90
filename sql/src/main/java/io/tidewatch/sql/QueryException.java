package io.tidewatch.sql;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a query or a condition is refused, and where. The message begins with the place. */
public final class QueryException extends TidewatchException {
    private static final long serialVersionUID = 1L;

    private final transient SourcePosition position;
    private final String reason;
    private final @Nullable String unready;

    QueryException(ErrorCode code, SourcePosition position, String reason) {
        this(code, position, reason, null);
    }

    private QueryException(
            ErrorCode code, SourcePosition position, String reason, @Nullable String unready) {
        super(code, position + ": " + reason);
        this.position = position;
        this.reason = reason;
        this.unready = unready;
    }

    /** @param name of a relation whose columns are not known */
    static QueryException unready(SourcePosition position, String name) {
        String reason =
                "the columns of '" + name + "' are not known: correct what is wrong with it";
        return new QueryException(ErrorCode.QUERY_INVALID, position, reason, name);
    }

    public SourcePosition position() {
        return position;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }

    /** The relation among {@link Catalog#unready} that the query reads, if that is the reason. */
    public Optional<String> unready() {
        return Optional.ofNullable(unready);
    }
}
