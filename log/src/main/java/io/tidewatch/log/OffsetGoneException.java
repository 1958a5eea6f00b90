package io.tidewatch.log;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;

/** An offset outside of what a partition holds: deleted by retention, or beyond the end. */
public final class OffsetGoneException extends TidewatchException {
    private static final long serialVersionUID = 1L;

    private final long firstOffset;
    private final long endOffset;

    public OffsetGoneException(String partition, long offset, long firstOffset, long endOffset) {
        super(ErrorCode.LOG_OFFSET_GONE, message(partition, offset, firstOffset, endOffset));
        this.firstOffset = firstOffset;
        this.endOffset = endOffset;
    }

    /** The least offset that can be read. */
    public long firstOffset() {
        return firstOffset;
    }

    /** The offset behind the last record. */
    public long endOffset() {
        return endOffset;
    }

    private static String message(String partition, long offset, long first, long end) {
        String why = offset < first
                ? " was deleted by retention; go on from the first one"
                : " is beyond the end: what is asked for was never durable, or belongs to another log";
        return partition + ": offset " + offset + why + " (there are " + first + " to " + end + ")";
    }
}
