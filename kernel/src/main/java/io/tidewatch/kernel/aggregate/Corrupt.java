package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;

/** Bytes of a partial or a snapshot that no accumulator wrote. */
final class Corrupt {
    private Corrupt() {}

    static TidewatchException at(ByteReader in, String what) {
        return new TidewatchException(
                ErrorCode.SNAPSHOT_CORRUPT, "byte " + in.position() + ": " + what);
    }
}
