package io.tidewatch.server.live;

import io.tidewatch.server.log.Notices;
import io.tidewatch.server.log.PartitionSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** Tells of each failure of a source once, and counts the others. */
public final class SourceFailures implements Notices {
    private final PrintWriter out;
    private final Map<String, Integer> counts = new TreeMap<>();

    public SourceFailures(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void sourceFailed(PartitionSpec partition, IOException failure) {
        String text = partition.source() + ": " + failure.getMessage();
        if (counts.merge(text, 1, Integer::sum) == 1) {
            out.println(text);
        }
    }

    /** Tells how often each failure happened, of those that happened again. */
    public void sumUp() {
        counts.forEach((text, count) -> {
            if (count > 1) {
                out.println(text + " (" + count + " times)");
            }
        });
    }
}
