package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.error.ErrorCode;

/**
 * Where rows go that do not take part: counted and visible, never lost in silence. Called for single rows, out of the fast
 * path.
 */
public interface SideOutput {
    /** A row that came after its window (or, without a window, its time) had been closed for good. */
    void late(int link, SourceRows rows, int row, long windowEnd);

    /** A row with an expression that failed; other links still have it. */
    void failed(int link, SourceRows rows, int row, ErrorCode code, String reason);

    /**
     * A key whose aggregates or output failed: the window has no row for it.
     *
     * @param view which of the link's outputs lacks it; others may have it
     */
    void failedKey(int link, int view, long windowEnd, byte[] key, ErrorCode code, String reason);
}
