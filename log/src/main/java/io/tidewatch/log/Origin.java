package io.tidewatch.log;

import java.util.Objects;

/**
 * Who sent a record, and which of theirs it is. A retry has the same origin, so readers know it again.
 *
 * @param producer the producer's name; empty if there is none
 * @param sequence rises with each request of the producer
 */
public record Origin(String producer, long sequence) {
    /** Nobody in particular: what the log's owner writes, or a producer that does not retry. */
    public static final Origin NONE = new Origin("", 0);

    public Origin {
        Objects.requireNonNull(producer, "producer");
    }
}
