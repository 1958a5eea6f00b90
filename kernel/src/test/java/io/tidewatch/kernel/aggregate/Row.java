package io.tidewatch.kernel.aggregate;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as a naive twin sees it: its origin and its arguments as objects. */
record Row(long time, int partition, long offset, long hash, List<@Nullable Object> values) {
    /** A row whose origin does not matter. */
    static Row of(@Nullable Object... values) {
        return new Row(0, 0, 0, 0, Collections.unmodifiableList(Arrays.asList(values)));
    }

    @Nullable
    Object value() {
        return values.get(0);
    }
}
