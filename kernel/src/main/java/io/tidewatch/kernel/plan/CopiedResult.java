package io.tidewatch.kernel.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result that stands for itself, whatever becomes of the rows that it was read from. */
@SuppressWarnings("ArrayRecordComponent") // Compared by its id, not by equals.
public record CopiedResult(
        int monitor,
        byte[] key,
        long windowStart,
        long windowEnd,
        long ordinal,
        int revision,
        Result.Kind kind,
        boolean approximate,
        boolean incomplete,
        long dueTime,
        List<@Nullable Object> values)
        implements Result {}
