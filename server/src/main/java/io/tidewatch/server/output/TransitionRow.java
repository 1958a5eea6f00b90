package io.tidewatch.server.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of an alert's state.
 *
 * @param from one of inactive, pending, firing, resolved
 * @param to likewise; also withdrawn and noted, which amendments make, and provisional
 * @param atMillis the event time of the change
 * @param values of the row that made the change
 * @param annotations with their templates filled in
 */
public record TransitionRow(
        String monitor,
        Map<String, String> labels,
        String from,
        String to,
        long atMillis,
        List<NamedValue> values,
        Map<String, String> annotations,
        Provenance provenance) {
    public TransitionRow {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        values = List.copyOf(values);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /**
     * What a transition rests on.
     *
     * @param version hash of the monitor's definition
     * @param windowStart with {@code windowEnd}, milliseconds since the epoch
     * @param closedAt the event time at which the window was closed
     * @param positions least and greatest contributing offset per partition
     * @param exemplars some contributing rows
     */
    public record Provenance(
            String version,
            long windowStart,
            long windowEnd,
            long closedAt,
            List<Range> positions,
            List<Position> exemplars) {
        public Provenance {
            positions = List.copyOf(positions);
            exemplars = List.copyOf(exemplars);
        }
    }

    /** Offsets of a partition, both included. */
    public record Range(int partition, long first, long last) {}

    /** A row by its place in the log. */
    public record Position(int partition, long offset) {}
}
