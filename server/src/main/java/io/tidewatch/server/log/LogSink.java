package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.kernel.operator.TableVersion;
import java.util.OptionalLong;

/** Takes the records of a log, in order within each partition; those of one partition are given by one thread at a time. */
public interface LogSink {
    /** Declares a partition, before anything else of it; partitions are numbered from 0 in this order. */
    void partition(PartitionSpec spec);

    /**
     * Takes rows and refusals.
     *
     * @param firstOrdinal what to add to the ordinals of rows and refusals: the records of the input's earlier files
     * @param receiveMillis when they were received; empty for a plain file that is read as a whole
     */
    void rows(int partition, Decoded rows, long firstOrdinal, OptionalLong receiveMillis);

    /** Takes a tick: the partition's time has come to {@code timeMillis}. */
    void tick(int partition, long timeMillis, long receiveMillis);

    /**
     * Takes a version of a reference table, which is in effect from a time on that no row before it in the partition has
     * reached. Every partition is given the same version.
     */
    void table(int partition, String table, TableVersion version, long receiveMillis);

    /** Nothing more comes from a partition. */
    void end(int partition);
}
