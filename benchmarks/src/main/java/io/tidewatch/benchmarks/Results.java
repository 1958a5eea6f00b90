package io.tidewatch.benchmarks;

import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.NamedValue;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the results of windows. */
final class Results implements JobOutput {
    /** Takes results, and does nothing with them. */
    static final JobOutput NOWHERE = new JobOutput() {
        @Override
        public void result(ResultRow row) {}

        @Override
        public void transition(TransitionRow row) {}
    };

    private final Map<String, List<Object>> values = new TreeMap<>();

    /** How the values of a key in a window are found. */
    static String name(String monitor, Object key, long windowStart, long windowEnd) {
        return monitor + " " + key + " " + windowStart + " " + windowEnd;
    }

    @Override
    public void result(ResultRow row) {
        List<Object> key = new ArrayList<>();
        row.key().forEach(each -> key.add(String.valueOf(each.value())));
        List<Object> found = new ArrayList<>();
        row.values().stream()
                .map(NamedValue::value)
                .forEach(value -> found.add(String.valueOf(value)));
        values.put(
                name(
                        row.monitor(),
                        String.join(",", key.toArray(new String[0])),
                        row.windowStart(),
                        row.windowEnd()),
                found);
    }

    @Override
    public void transition(TransitionRow row) {}

    /** By {@link #name}, the values as text. */
    Map<String, List<Object>> values() {
        return values;
    }
}
