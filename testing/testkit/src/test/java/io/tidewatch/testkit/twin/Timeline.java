package io.tidewatch.testkit.twin;

import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The rows of all partitions of a stream, and how far its time has come.
 *
 * @param events those that are not future
 * @param watermark the least of all partitions at the end of the log
 * @param futureCount how many rows were set aside as future
 * @param origin the least time of a row that is not late, or of a tick at the beginning of a partition; {@code Long.MAX_VALUE}
 *     if there is none
 */
record Timeline(TimeSpec time, List<Event> events, long watermark, long futureCount, long origin) {
    /** The stream whose partitions are scripts; numbered as the scripts are in the list of all. */
    static Timeline of(int stream, TimeSpec time, List<Script> all) {
        List<Event> events = new ArrayList<>();
        long least = Long.MAX_VALUE;
        long future = 0;
        long origin = Long.MAX_VALUE;
        for (int partition = 0; partition < all.size(); partition++) {
            Script script = all.get(partition);
            if (script.stream() != stream) {
                continue;
            }
            long watermark = Long.MIN_VALUE;
            long received = Long.MIN_VALUE;
            boolean begun = false;
            for (Script.Step step : script.steps()) {
                if (step instanceof Script.Step.Tick tick) {
                    origin = begun ? origin : Math.min(origin, tick.time());
                    begun = true;
                    watermark = Math.max(watermark, tick.time());
                    received = Math.max(received, tick.receiveTime());
                } else if (step instanceof Script.Step.Row row) {
                    Long at = (Long) row.values().get(script.timeField());
                    if (row.receiveTime() != null) {
                        received = Math.max(received, row.receiveTime());
                        if (at > received + time.aheadMillis()) {
                            future++;
                            continue;
                        }
                    }
                    origin = at >= watermark ? Math.min(origin, at) : origin;
                    begun = true;
                    events.add(new Event(partition, row.offset(), at, watermark, row.values()));
                    watermark = Math.max(watermark, at - time.outOfOrderMillis());
                }
            }
            least = Math.min(least, watermark);
        }
        return new Timeline(time, events, least, future, origin);
    }

    /**
     * How far time comes: to the end of input, which is {@code until}, or the greatest end of a window with an event, or the
     * watermark that all events would leave in one partition.
     */
    long closedTo(OptionalLong until, long greatestEnd) {
        long together = events.stream()
                .mapToLong(event -> event.at() - time.outOfOrderMillis())
                .max()
                .orElse(Long.MIN_VALUE);
        return Math.max(watermark, until.orElse(Math.max(greatestEnd, together)));
    }
}
