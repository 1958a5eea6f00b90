package io.tidewatch.server.log;

import io.tidewatch.kernel.operator.TableVersion;
import java.io.IOException;

/** Hears of what goes wrong with sources and tables, again for every failure, and of tables that change. */
@FunctionalInterface
public interface Notices {
    /** A source could not be read; it is tried again if it has not ended. */
    void sourceFailed(PartitionSpec partition, IOException failure);

    /** The file of a reference table has changed, but the table stays as it is. */
    default void tableStays(String table, String reason) {}

    /** A reference table changes. */
    default void tableChanges(String table, TableVersion version) {}
}
