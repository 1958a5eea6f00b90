package io.tidewatch.testkit.twin;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a stream.
 *
 * @param at its event time
 * @param watermark that of its partition before it
 */
record Event(int partition, long offset, long at, long watermark, List<@Nullable Object> values) {
    /** By event time, then by place in the log. */
    static final Comparator<Event> ORDER = Comparator.comparingLong(Event::at)
            .thenComparingInt(Event::partition)
            .thenComparingLong(Event::offset);

    @Nullable
    Object get(int field) {
        return values.get(field);
    }
}
