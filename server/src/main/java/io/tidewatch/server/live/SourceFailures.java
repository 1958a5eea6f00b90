package io.tidewatch.server.live;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.server.log.Notices;
import io.tidewatch.server.log.PartitionSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** Tells of each failure of a source or table once, and counts the others; and of tables that change. */
public final class SourceFailures implements Notices {
    /** The most different failures that are counted; further ones are told each time. */
    private static final int COUNTED_MAX = 1_000;

    private final PrintWriter out;
    private final Map<String, Integer> counts = new TreeMap<>();

    public SourceFailures(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void sourceFailed(PartitionSpec partition, IOException failure) {
        once(partition.source() + ": " + FileReasons.of(failure));
    }

    @Override
    public void tableStays(String table, String reason) {
        once("table '" + table + "' stays as it is: " + reason);
    }

    @Override
    public void tableChanges(String table, TableVersion version) {
        out.println("table '" + table + "' changes for events from "
                + Timestamps.format(version.effectiveFrom()) + " on");
    }

    private void once(String text) {
        boolean counted = counts.containsKey(text) || counts.size() < COUNTED_MAX;
        if (!counted || counts.merge(text, 1, Integer::sum) == 1) {
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
