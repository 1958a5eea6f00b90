package io.tidewatch.testkit.twin;

import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.testkit.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of all partitions of a stream, and how far its time has come.
 *
 * @param events those that are not future
 * @param watermark the least of all partitions at the end of the log
 * @param futureCount how many rows were set aside as future
 */
record Timeline(TimeSpec time, List<Event> events, long watermark, long futureCount) {
    /** The stream whose partitions are scripts; numbered as the scripts are in the list of all. */
    static Timeline of(int stream, TimeSpec time, List<Script> all) {
        List<Event> events = new ArrayList<>();
        long least = Long.MAX_VALUE;
        long future = 0;
        for (int partition = 0; partition < all.size(); partition++) {
            Script script = all.get(partition);
            if (script.stream() != stream) {
                continue;
            }
            long watermark = Long.MIN_VALUE;
            long received = Long.MIN_VALUE;
            for (Script.Step step : script.steps()) {
                if (step instanceof Script.Step.Tick tick) {
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
                    events.add(new Event(partition, row.offset(), at, watermark, row.values()));
                    watermark = Math.max(watermark, at - time.outOfOrderMillis());
                }
            }
            least = Math.min(least, watermark);
        }
        return new Timeline(time, events, least, future);
    }
}
