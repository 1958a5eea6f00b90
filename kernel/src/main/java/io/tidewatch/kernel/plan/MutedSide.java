package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;

/**
 * Says nothing while rows are shown early: what fails then may still come right, and else is told of when its window closes,
 * once.
 */
final class MutedSide implements SideOutput {
    private final SideOutput next;
    private boolean isMuted;

    MutedSide(SideOutput next) {
        this.next = next;
    }

    /** Does something without a word. */
    void mute(Runnable work) {
        isMuted = true;
        try {
            work.run();
        } finally {
            isMuted = false;
        }
    }

    @Override
    public void late(int link, SourceRows rows, int row, long windowEnd) {
        if (!isMuted) {
            next.late(link, rows, row, windowEnd);
        }
    }

    @Override
    public void failed(int link, SourceRows rows, int row, ErrorCode code, String reason) {
        if (!isMuted) {
            next.failed(link, rows, row, code, reason);
        }
    }

    @Override
    public void failedKey(
            int link, int view, long windowEnd, byte[] key, ErrorCode code, String reason) {
        if (!isMuted) {
            next.failedKey(link, view, windowEnd, key, code, reason);
        }
    }
}
