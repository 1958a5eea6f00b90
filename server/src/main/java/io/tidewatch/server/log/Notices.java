package io.tidewatch.server.log;

import java.io.IOException;

/** Hears of what goes wrong with sources; called again for every failure. */
@FunctionalInterface
public interface Notices {
    /** A source could not be read; it is tried again if it has not ended. */
    void sourceFailed(PartitionSpec partition, IOException failure);
}
