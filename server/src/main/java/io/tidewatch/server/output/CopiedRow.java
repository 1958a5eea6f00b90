package io.tidewatch.server.output;

import java.nio.ByteBuffer;
import java.util.List;

/** A row that stands for itself, whatever becomes of what it was read from. */
public record CopiedRow(
        String monitor,
        List<NamedValue> key,
        ByteBuffer keyBytes,
        long windowStart,
        long windowEnd,
        List<NamedValue> values,
        int revision,
        boolean isFinal,
        boolean withdrawn,
        boolean overflow,
        boolean approximate,
        boolean incomplete)
        implements ResultRow {
    /** What a row says now. */
    public static CopiedRow of(ResultRow row) {
        return of(row, row.isFinal(), row.withdrawn());
    }

    /** What a row said that does not hold any more. */
    public static CopiedRow withdrawn(ResultRow row) {
        return of(row, false, true);
    }

    private static CopiedRow of(ResultRow row, boolean isFinal, boolean withdrawn) {
        return new CopiedRow(
                row.monitor(),
                List.copyOf(row.key()),
                row.keyBytes(),
                row.windowStart(),
                row.windowEnd(),
                List.copyOf(row.values()),
                row.revision(),
                isFinal,
                withdrawn,
                row.overflow(),
                row.approximate(),
                row.incomplete());
    }
}
