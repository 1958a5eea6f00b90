package io.tidewatch.server.log;

import static java.util.Objects.requireNonNull;

/**
 * A partition of the log: one input of one stream.
 *
 * @param number from 0, the place among all partitions of the log
 * @param stream the name of the stream
 * @param source what a person would call the input
 */
public record PartitionSpec(int number, String stream, String source) {
    public PartitionSpec {
        requireNonNull(stream, "stream");
        requireNonNull(source, "source");
        if (number < 0) {
            throw new IllegalArgumentException("number: " + number + " (expected: >= 0)");
        }
    }
}
