package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;

/** A summary of values that depends on them alone, and not on their order or how they were divided. */
interface Sketch<S extends Sketch<S>> {
    /** Adds what another sketch, which stays as it is, has seen. */
    void add(S other);

    void write(ByteWriter out);

    /** Adds what {@link #write} wrote. */
    void addFrom(ByteReader in);

    long retainedBytes();
}
